# Reads "INDEX KIND BASE64" lines, compiles each file without running it, answers a JSON line each.
import base64, json, re, sys, warnings

warnings.simplefilter("ignore")
try:
    import tomllib
except ImportError:
    tomllib = None


def judge(kind, content):
    if kind == "toml":
        if tomllib is None:
            return {"unknown": "this Python is older than 3.11 and has no TOML reader"}
        try:
            tomllib.loads(content.decode("utf-8"))
        except (ValueError, RecursionError) as e:
            line = re.search(r"at line (\d+)", str(e))
            return {"line": int(line.group(1)) if line else 1, "message": str(e)}
        return {}
    try:
        compile(content, "hook", "exec", dont_inherit=True)
    except SyntaxError as e:
        return {"line": e.lineno or 1, "message": e.msg}
    except ValueError as e:
        return {"line": 1, "message": str(e)}
    except (RecursionError, MemoryError, OverflowError) as e:
        return {"unknown": type(e).__name__}
    return {}


for request in sys.stdin.buffer:
    index, kind, content = request.rstrip(b"\n").split(b" ")
    answer = judge(kind.decode(), base64.b64decode(content))
    answer.update(index=int(index), minor=sys.version_info[1])
    print(json.dumps(answer), flush=True)
