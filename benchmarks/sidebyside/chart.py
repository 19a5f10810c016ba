"""Charts in SVG, light and dark, with nothing but the standard library."""

import html
import math

import results
import tools
import trials

WIDTH = 860
BAR, GAP, LABEL = 14, 4, 250

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #222 }
  .title { font-size: 15px; font-weight: 600 }
  .step { font-weight: 600 }
  .peer { fill: #9aa5b1 }
  .ours { fill: #1f6feb }
  .axis { stroke: #9aa5b1; stroke-width: 1; fill: none }
  .page { fill: #fff }
  [class^="line"] { fill: none; stroke-width: 2 }
  .line0 { stroke: #1f6feb }
  .line1 { stroke: #2da44e }
  .line2 { stroke: #bf8700 }
  .line3 { stroke: #cf222e }
  .line4 { stroke: #8250df }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e6e6 }
    .page { fill: #15181c }
    .peer { fill: #5b6672 }
    .ours { fill: #58a6ff }
  }
"""


def svg(height, title, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{html.escape(title)}">\n<title>{html.escape(title)}</title>\n'
        f'<style>{STYLE}</style>\n<rect class="page" width="{WIDTH}" height="{height}"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def text(x, y, words, kind="", anchor="start"):
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{named}>{html.escape(words)}</text>'


def side_by_side(samples):
    """Bars of seconds; within a step they have one scale."""
    body = []
    y = 10
    for tree, (files, size) in trials.TREES.items():
        steps = [
            (step, found)
            for step in tools.STEPS
            if len(found := of_step(samples, tree, step)) > 1
        ]
        if not steps:
            continue
        y += 24
        body.append(text(12, y, f"{files:,} files, {size // trials.MIB} MB", "title"))
        for step, found in steps:
            y += 22
            body.append(text(12, y, step, "step"))
            y += 8
            slowest = max(wall for _, wall in found)
            for tool, wall in found:
                length = max(1, round((WIDTH - LABEL - 90) * wall / slowest))
                kind = "ours" if tool == results.OURS else "peer"
                body.append(text(LABEL - 8, y + BAR - 3, tool, anchor="end"))
                body.append(
                    f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{length}" height="{BAR}"/>'
                )
                body.append(text(LABEL + length + 6, y + BAR - 3, results.seconds(wall)))
                y += BAR + GAP
    return svg(y + 16, "Seconds of each step, side by side", body)


def of_step(samples, tree, step):
    """The programs and their seconds, the fastest first."""
    names = [results.OURS] + [peer.name for peer in tools.PEERS]
    found = [(name, samples.summary(tree, step, name)) for name in names]
    return sorted(((n, s.wall) for n, s in found if s), key=lambda pair: pair[1])


def growth(title, lines):
    """Seconds over a number, both in powers of ten: what grows linearly is a line of one slope."""
    points = [point for line in lines.values() for point in line]
    low, high = (f(math.log10(files) for files, _ in points) for f in (min, max))
    fast, slow = (f(math.log10(wall) for _, wall in points) for f in (min, max))
    bottom, top = math.floor(fast), math.ceil(slow)
    left, right, above, below = 70, WIDTH - 170, 40, 440

    def x(files):
        return round(left + (right - left) * (math.log10(files) - low) / max(high - low, 0.01))

    def y(wall):
        return round(below - (below - above) * (math.log10(wall) - bottom) / (top - bottom))

    body = [text(12, 24, title, "title")]
    for power in range(bottom, top + 1):
        at = y(10**power)
        body.append(f'<path class="axis" d="M{left} {at}H{right}"/>')
        body.append(text(left - 8, at + 4, f"{10.0**power:g} s", anchor="end"))
    for files in sorted({files for files, _ in points}):
        body.append(text(x(files), below + 20, f"{files:,}", anchor="middle"))
    for number, (work, line) in enumerate(lines.items()):
        line = sorted(line)
        path = "L".join(f"{x(files)} {y(wall)}" for files, wall in line)
        body.append(f'<path class="line{number % 5}" d="M{path}"/>')
        body.append(text(right + 10, y(line[-1][1]) + 4, work))
    return svg(below + 40, title, body)
