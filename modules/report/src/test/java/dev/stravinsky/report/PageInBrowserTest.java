package dev.stravinsky.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.report.ReportPage.Served;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailSeries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page as people meet it: in a browser, on a phone, by keys, read aloud. */
@Timeout(300)
class PageInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final int EVENTS = 10_000;
  private static final long SEED = Long.getLong("stravinsky.seed", 20_261_123);
  private static final int TAB = 9;
  private static final int ENTER = 13;

  @TempDir static Path directory;

  private static Browser browser;
  private static URI longPage;
  private static URI usualPage;

  @BeforeAll
  static void openBrowser() throws Exception {
    Optional<Path> program = Browser.program();
    if (program.isEmpty()) {
      System.out.println("page in a browser: not run: no chromium on the PATH");
      Assumptions.abort("no chromium on the PATH");
    }
    browser = Browser.start(program.get(), Files.createDirectory(directory.resolve("profile")));
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TrailSeries.write(sandbox, SEED, EVENTS);
      longPage = saved(sandbox, "long.html");
    }
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TrailSeries.write(sandbox, SEED, 400);
      usualPage = saved(sandbox, "usual.html");
    }
  }

  /** What a page says while it is left is no complaint about the next one. */
  @BeforeEach
  void leavePage() throws Exception {
    browser.open(URI.create("about:blank"));
    browser.complaints();
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static URI saved(Sandbox sandbox, String name) throws IOException {
    StringBuilder page = new StringBuilder();
    sandbox.services().reportPage().write(page);
    return Files.writeString(directory.resolve(name), page).toUri();
  }

  private void openUsualPage(String scheme) throws Exception {
    browser.look(1280, 900, false, scheme);
    browser.open(usualPage);
  }

  @Test
  void page_tenThousandEvents_isDrawnWithoutAComplaint() throws Exception {
    browser.look(1280, 900, false, "light");
    browser.open(longPage);

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.ask("document.querySelectorAll('svg.chart').length").asInt()).isEqualTo(2);
    String drawn =
        """
        [...document.querySelectorAll('svg.chart')].map(chart => {
          const frame = chart.getBoundingClientRect();
          const marks = [...chart.querySelectorAll('use')].map(m => m.getBoundingClientRect());
          return marks.length > 100
            ? marks.filter(m => m.width < 4 || m.height < 4 || m.left < frame.left
                || m.right > frame.right || m.top < frame.top || m.bottom > frame.bottom).length
            : -1;
        })
        """;
    assertThat(browser.ask(drawn).toString()).as("marks outside, by chart").isEqualTo("[0,0]");
    assertThat(browser.ask("document.querySelectorAll('#timeline svg svg rect').length").asInt())
        .as("versions in force")
        .isGreaterThan(100);
    assertThat(
            browser
                .ask("document.querySelector('#checks .fill').getBoundingClientRect().width")
                .asInt())
        .isGreaterThan(100);
    browser.screenshot(SCREENSHOTS.resolve("report-light.png"));
    System.out.printf(
        "page of %d events (seed %d): %d kB, there after %d ms in %s%n",
        EVENTS,
        SEED,
        Files.size(Path.of(longPage)) / 1000,
        browser
            .ask(
                "Math.round(performance.timing.loadEventEnd"
                    + " - performance.timing.navigationStart)")
            .asInt(),
        browser.ask("navigator.userAgent.match(/Chrome.[0-9]+/)[0]").asString());
  }

  @Test
  void page_lightAndDark_differAndCanBeRead() throws Exception {
    List<String> backgrounds = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      openUsualPage(scheme);
      backgrounds.add(browser.ask("getComputedStyle(document.body).backgroundColor").asString());
      // The contrast that WCAG 2.2, 1.4.3, asks of text.
      String contrasts =
          """
          (() => {
            const light = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
            const rgb = s => s.match(/[\\d.]+/g).slice(0, 3).map(Number);
            const lum = s => { const [r, g, b] = rgb(s).map(light); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const ground = e => { for (; e; e = e.parentElement) {
              const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; }
              return 'rgb(255,255,255)'; };
            const low = [];
            for (const e of document.querySelectorAll('h1,h2,p,a,th,td,span,strong,summary,text')) {
              if (!e.textContent.trim() || e.closest('.skip')) continue;
              const style = getComputedStyle(e);
              const ink = e.tagName === 'text' ? style.fill : style.color;
              const back = e.matches('.version')
                ? getComputedStyle(e.parentElement.querySelector('rect')).fill : ground(e);
              const [a, b] = [lum(ink), lum(back)].sort((x, y) => y - x);
              if ((a + 0.05) / (b + 0.05) < 4.5) low.push(e.tagName + '.' + e.className + ' ' + ink + ' on ' + back);
            }
            return [...new Set(low)];
          })()
          """;
      assertThat(browser.ask(contrasts).toString()).as(scheme).isEqualTo("[]");
      browser.screenshot(SCREENSHOTS.resolve("report-" + scheme + ".png"));
    }
    assertThat(backgrounds).containsExactly("rgb(255, 255, 255)", "rgb(13, 17, 23)");
  }

  @Test
  void page_onAPhone_scrollsOnlyDownAndCanBeRead() throws Exception {
    browser.look(390, 900, true, "light");
    browser.open(longPage);

    assertThat(browser.ask("window.innerWidth").asInt()).isEqualTo(390);
    assertThat(browser.ask("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
    String smallest =
        """
        Math.min(...[...document.querySelectorAll('p,td,th,li,svg.chart text')]
          .map(e => parseFloat(getComputedStyle(e).fontSize)))
        """;
    assertThat(browser.ask(smallest).asInt()).isGreaterThanOrEqualTo(12);
    String overlapping =
        """
        [...document.querySelectorAll('svg.chart')].map(chart => {
          const all = [...chart.querySelectorAll(':scope > text.tick')]
            .map(t => t.getBoundingClientRect()).filter(r => r.width > 0);
          return all.filter((a, i) => all.some((b, j) => j > i && a.left < b.right
            && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)).length;
        })
        """;
    assertThat(browser.ask(overlapping).toString()).isEqualTo("[0,0]");
    browser.screenshot(SCREENSHOTS.resolve("report-phone.png"));
    browser.ask("document.getElementById('timeline').scrollIntoView()");
    browser.screenshot(SCREENSHOTS.resolve("report-phone-timeline.png"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void page_byKeys_everythingIsReachedInOrder() throws Exception {
    openUsualPage("light");
    String reachable =
        "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
            + ".filter(e => e.checkVisibility())";
    int all = browser.ask("(window.wanted = " + reachable + ").length").asInt();

    browser.press("Tab", TAB);
    assertThat(browser.ask("document.activeElement.className").asString()).isEqualTo("skip");
    assertThat(browser.ask("document.activeElement.getBoundingClientRect().left").asInt())
        .as("the way past the beginning can be seen")
        .isNotNegative();
    for (int i = 0; i < all; i++) {
      assertThat(browser.ask("wanted.indexOf(document.activeElement)").asInt()).isEqualTo(i);
      browser.press("Tab", TAB);
    }
    browser.ask("document.querySelector('#durations summary').focus()");
    browser.press("Enter", ENTER);
    assertThat(browser.ask("document.querySelector('#durations details').open").asBoolean())
        .isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void page_readAloud_everythingHasAName() throws Exception {
    openUsualPage("light");

    List<String> nameless = new ArrayList<>();
    List<String> drawings = new ArrayList<>();
    for (JsonNode node : browser.send("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
      String role = node.path("role").path("value").asString("");
      String name = node.path("name").path("value").asString("");
      if (List.of("link", "region", "image", "heading", "DisclosureTriangle").contains(role)
          && name.isBlank()) {
        nameless.add(role);
      }
      if (role.equals("image")) {
        drawings.add(name + ": " + node.path("description").path("value").asString(""));
      }
    }
    assertThat(nameless).isEmpty();
    assertThat(drawings)
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).matches("Versions.*: From .* updates \\d+.*"))
        .anySatisfy(text -> assertThat(text).matches("How long.*: \\d+ operations.*"));
    assertThat(browser.ask("document.documentElement.lang").asString()).isEqualTo("en");
  }

  @Test
  void page_hostileText_doesNothing() throws Exception {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      String hostile =
          "</style></title></svg><script>window.hacked=1</script>"
              + "<img src=x onerror=window.hacked=2><svg onload=window.hacked=3>\"' onfocus=\"";
      sandbox
          .services()
          .audit()
          .append(
              EventDraft.of(hostile, EventType.UPDATE_FAILED, EventStatus.FAILED, hostile)
                  .withVersions(hostile, hostile)
                  .withDetails(Map.of("checks", hostile, hostile, hostile))
                  .withError(hostile));
      browser.open(saved(sandbox, "hostile.html"));
    }

    assertThat(browser.ask("typeof window.hacked").asString()).isEqualTo("undefined");
    assertThat(browser.ask("document.scripts.length + document.images.length").asInt()).isZero();
    assertThat(browser.complaints()).isEmpty();
    // And if there were one all the same, the policy would not let it run.
    browser.ask(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 4';"
            + " document.body.append(s); })()");
    assertThat(browser.ask("typeof window.hacked").asString()).isEqualTo("undefined");
    assertThat(browser.complaints()).isNotEmpty();
  }

  @Test
  void served_somethingHappens_isShownAnewWhereTheReaderIs() throws Exception {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TrailSeries.write(sandbox, SEED, 300);
      try (Served page = sandbox.services().reportPage().serve(0)) {
        browser.look(1280, 900, false, "light");
        browser.open(page.address());
        browser.ask("document.querySelector('#durations summary').click()");
        browser.ask("document.querySelector('#events-1 summary').focus()");
        browser.ask("(window.before = window.scrollY, window.same = true)");
        sandbox
            .services()
            .audit()
            .append(
                EventDraft.of("now", EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user")
                    .withVersions("v-old", "v-brand-new"));

        browser.waitFor("document.getElementById('events').textContent.includes('v-brand-new')");

        assertThat(browser.ask("window.same").asBoolean()).as("the same document").isTrue();
        assertThat(browser.ask("window.scrollY === window.before").asBoolean()).isTrue();
        assertThat(browser.ask("document.getElementById('durations-table').open").asBoolean())
            .isTrue();
        assertThat(browser.ask("document.activeElement.id").asString())
            .isEqualTo("events-1-caption");
        assertThat(browser.ask("document.getElementById('news').textContent").asString())
            .startsWith("Shown anew");
        assertThat(browser.complaints()).isEmpty();
      }
    }
  }
}
