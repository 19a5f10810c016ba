# Reads a JSON line for each file and answers one: what it imports, and which of that is installed.
# Nothing is imported or run: texts are parsed, and top-level names are looked up as files.
import ast, base64, glob, json, os, re, site, sys
from importlib.machinery import FrozenImporter, PathFinder
from os.path import dirname, isdir, isfile, join

IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
COMPARISONS = {
    "Gt": "__gt__", "GtE": "__ge__", "Lt": "__lt__", "LtE": "__le__", "Eq": "__eq__", "NotEq": "__ne__"}
FINDS_MODULES = re.compile(r"meta_path|path_hooks|sys\.path\b|addsitedir")


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return dotted(node.value) + "." + node.attr
    return ""


def value(node):
    known = {"sys.version_info": tuple(sys.version_info), "sys.platform": sys.platform, "os.name": os.name}
    if dotted(node) in known:
        return known[dotted(node)]
    if isinstance(node, ast.Subscript):
        part = node.slice
        if isinstance(part, ast.Slice):
            upper = ast.literal_eval(part.upper) if part.upper else None
            return value(node.value)[:upper]
        return value(node.value)[ast.literal_eval(part)]
    return ast.literal_eval(node)


def outcome(test):
    """Whether a condition holds: True, False, or None where only running would tell."""
    if dotted(test).endswith("TYPE_CHECKING"):
        return False
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = outcome(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if dotted(test.left) == "__name__":
            return True
        try:
            left, right = value(test.left), value(test.comparators[0])
            holds = getattr(left, COMPARISONS[type(test.ops[0]).__name__])(right)
            return holds if isinstance(holds, bool) else None
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return None
    return None


class Imports:
    """What a module imports; each with where it stands and the imports of which it is a substitute."""

    def __init__(self, tree):
        self.found = []
        self.walk(tree.body, "top", [])

    def add(self, node, module, level, names, place, unless):
        self.found.append({
            "line": node.lineno, "module": module, "level": level, "names": names,
            "place": place, "unless": unless})

    def walk(self, body, place, unless):
        for node in body:
            self.statement(node, place, unless)

    def statement(self, node, place, unless):
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.add(node, alias.name, 0, [], place, unless)
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names if alias.name != "*"]
            self.add(node, node.module or "", node.level, names, place, unless)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.walk(node.body, "function", unless)
        elif isinstance(node, ast.If):
            holds = outcome(node.test)
            inside = place if holds is not None or place != "top" else "condition"
            self.walk(node.body if holds is not False else [], inside, unless)
            self.walk(node.orelse if holds is not True else [], inside, unless)
        elif type(node).__name__ in ("Try", "TryStar"):
            self.attempt(node, place, unless)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            suppressed = any(
                isinstance(item.context_expr, ast.Call)
                and dotted(item.context_expr.func).endswith("suppress")
                and any(dotted(name) in IMPORT_ERRORS for name in item.context_expr.args)
                for item in node.items)
            self.walk(node.body, "optional" if suppressed else place, unless)
        else:
            for part in ("body", "orelse", "cases"):
                self.walk(getattr(node, part, None) or [], place, unless)

    def attempt(self, node, place, unless):
        catching = [handler for handler in node.handlers if self.catches(handler)]
        first = len(self.found)
        self.walk(node.body, "optional" if catching else place, unless)
        tried = list(range(first, len(self.found)))
        for handler in node.handlers:
            instead = unless + [tried] if handler in catching else unless
            self.walk(handler.body, place if handler in catching else "condition", instead)
        self.walk(node.orelse, "condition" if place == "top" else place, unless)
        self.walk(node.finalbody, place, unless)

    @staticmethod
    def catches(handler):
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return any(name is None or dotted(name) in IMPORT_ERRORS for name in caught)


def changes_path(tree, source):
    if not re.search(rb"\bsys\b(?s:.*)\bpath\b|addsitedir", source):
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.match(r"sys\.path\.|site\.addsitedir", dotted(node.func)):
            return True
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            whole = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(whole, ast.AST) and dotted(whole) == "sys.path":
                return True
    return False


def lines(path):
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def editable(finder):
    """The names that an editable installation's finder knows, read from its text."""
    names = set()
    try:
        tree = ast.parse("\n".join(lines(finder)))
    except (SyntaxError, ValueError):
        return names
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if target is not None and dotted(target) in ("MAPPING", "NAMESPACES"):
            try:
                names.update(name.split(".")[0] for name in ast.literal_eval(node.value))
            except ValueError:
                pass
    return names


class Environment:
    """Where an interpreter looks for modules."""

    def __init__(self, venv, python_path):
        self.path = [folder for folder in python_path if folder] + sys.path
        self.names = set()
        self.unknown = False
        self.known = {}
        for folder in self.sites(venv or self.own_venv()):
            self.add(folder)

    @staticmethod
    def own_venv():
        for folder in (dirname(sys.executable), dirname(dirname(sys.executable))):
            if isfile(join(folder, "pyvenv.cfg")):
                return folder
        return None

    @staticmethod
    def sites(venv):
        system = site.getsitepackages() + [site.getusersitepackages()]
        if not venv:
            return system
        settings = "\n".join(lines(join(venv, "pyvenv.cfg")))
        own = glob.glob(join(glob.escape(venv), "lib*", "python*", "site-packages"))
        shared = re.search(r"(?im)^include-system-site-packages\s*=\s*true", settings)
        return own + (system if shared else [])

    def add(self, folder):
        if not isdir(folder) or folder in self.path:
            return
        self.path.append(folder)
        for pth in sorted(glob.glob(join(glob.escape(folder), "*.pth"))):
            for line in lines(pth):
                if line.startswith(("import ", "import\t")):
                    self.code(folder, os.path.basename(pth), line)
                elif line.strip() and not line.startswith("#"):
                    place = join(folder, line.strip())
                    if isdir(place) or isfile(place):
                        self.path.append(place)

    def code(self, folder, name, line):
        """Such a line is run at the start of Python; what it makes importable is read or not known."""
        if name.startswith("__editable__"):
            for finder in glob.glob(join(glob.escape(folder), "__editable__*_finder.py")):
                self.names |= editable(finder)
        elif name == "distutils-precedence.pth":
            self.names.add("distutils")
        elif name != "_virtualenv.pth":
            modules = re.findall(r"import ([\w.]+)", line)
            files = [join(folder, *module.split(".")) + ".py" for module in modules]
            files += [join(folder, *module.split("."), "__init__.py") for module in modules]
            text = line + "".join("\n".join(lines(file)) for file in files)
            self.unknown |= bool(FINDS_MODULES.search(text))

    def has(self, name):
        if name not in self.known:
            self.known[name] = (
                name in self.names or name in sys.builtin_module_names
                or FrozenImporter.find_spec(name) is not None
                or PathFinder.find_spec(name, self.path) is not None)
        return self.known[name]


environments = {}


def answer(request):
    try:
        source = base64.b64decode(request["source"])
        tree = ast.parse(source)
        found = Imports(tree).found
    except (SyntaxError, ValueError):
        return {"imports": []}
    except (RecursionError, MemoryError) as e:
        return {"unknown": type(e).__name__}
    key = json.dumps([request["venv"], request["python_path"]])
    if key not in environments:
        environments[key] = Environment(request["venv"], request["python_path"])
    environment = environments[key]
    for each in found:
        top = each["module"].split(".")[0]
        each["installed"] = each["level"] == 0 and environment.has(top)
    return {"imports": found, "changes_path": changes_path(tree, source), "more_places": environment.unknown}


for line in sys.stdin:
    request = json.loads(line)
    reply = answer(request)
    reply["index"] = request["index"]
    print(json.dumps(reply), flush=True)
