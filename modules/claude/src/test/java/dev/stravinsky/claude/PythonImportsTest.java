package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.dependencies.Dependencies;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the Python of this machine; without one all of it is skipped. */
class PythonImportsTest {
  private Sandbox sandbox;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
    assumeTrue(
        new Programs(sandbox.environment().variables(), sandbox.root())
            .findRunnable("python3")
            .isPresent(),
        "python3 is not installed here");
  }

  @AfterEach
  void close() throws IOException {
    // The temporary folder's removal would speak of a link that leads out of it.
    Files.deleteIfExists(sandbox.userHome().resolve("venvs/hooks/bin/python"));
    sandbox.close();
  }

  @Test
  void check_importsThatResolve_findsNothing() throws Exception {
    hook(
        "standard.py", "import os, sys, json\nimport xml.dom.minidom as m\nfrom re import match\n");
    hook("future.py", "from __future__ import annotations\nimport sys\n");
    hook("optional.py", "try:\n    import none_a\nexcept ImportError:\n    none_a = None\n");
    hook("bare.py", "try:\n    import none_b\nexcept:\n    pass\n");
    hook(
        "several.py", "try:\n  import none_c\nexcept (ValueError, ModuleNotFoundError):\n  pass\n");
    hook("instead.py", "try:\n    import json\nexcept ImportError:\n    import none_d as json\n");
    hook("second.py", "try:\n    import none_e\nexcept ImportError:\n    import json\n");
    hook(
        "suppressed.py",
        "import contextlib\nwith contextlib.suppress(ImportError):\n  import none\n");
    hook(
        "typing_only.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import none_f\n");
    hook(
        "typing_not.py",
        "import typing\nif not typing.TYPE_CHECKING:\n  import os\nelse:\n  import no\n");
    hook(
        "new.py",
        "import sys\nif sys.version_info >= (3, 0):\n  import os\nelse:\n  import none_g\n");
    hook("part.py", "import sys\nif sys.version_info[0] < 3:\n    import none_h\n");
    hook("windows.py", "import os, sys\nif os.name == 'nt':\n  import msvcrtx\n");
    hook(
        "beside.py",
        "import helper\nfrom helper import x\nfrom pack import sub\nimport pack.sub\n");
    hook("namespace.py", "from plain import inner\nimport plain.inner\n");
    hook("text.py", "x = '''\nimport none_i\n'''\n# import none_j\n");
    hook("broken.py", "import none_k\nx = (\n");
    hook("placed.py", "import sys\nsys.path.insert(0, 'lib')\nimport in_lib\n");
    write("hooks/helper.py", "x = 1\n");
    write("hooks/pack/__init__.py", "");
    write(
        "hooks/pack/sub.py", "from . import other\nfrom .other import y\nfrom ..pack import sub\n");
    write("hooks/pack/other.py", "y = 1\n");
    write("hooks/plain/inner.py", "import helper\n");
    write("hooks/lib/in_lib.py", "");
    write("hooks/.venv/lib/bad.py", "import none_l\n");

    assertThat(found()).isEmpty();
  }

  @Test
  void check_importsOfNothing_blockWithFileAndLine() throws Exception {
    hook("simple.py", "import sys\n\nimport none_a, os\n");
    hook("dotted.py", "import none_b.c as d\n");
    hook("from_it.py", "from none_c.d import e\n");
    hook("both.py", "try:\n    import none_d\nexcept ImportError:\n    import none_e\n");
    hook("other.py", "try:\n    import none_f\nexcept ValueError:\n    pass\n");
    hook("shown.py", "class A:\n    import none_g\n");
    hook("main.py", "if __name__ == '__main__':\n    import none_h\n");
    hook("old.py", "import sys\nif sys.version_info >= (3,):\n    import none_i\n");
    hook("inside.py", "import pack.gone\n");
    hook("taken.py", "from plain import gone\n");
    hook("of_module.py", "import helper.gone\n");
    hook("finally.py", "try:\n    pass\nfinally:\n    import none_j\n");
    hook("deep.py", "import pack\n");
    write("hooks/helper.py", "");
    write("hooks/pack/__init__.py", "from . import sub\n");
    write("hooks/pack/sub.py", "\nimport none_k\n");
    write("hooks/plain/inner.py", "");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "BLOCK simple.py:3 none_a",
            "BLOCK dotted.py:1 none_b.c",
            "BLOCK from_it.py:1 none_c.d",
            "BLOCK both.py:4 none_e",
            "BLOCK other.py:2 none_f",
            "BLOCK shown.py:2 none_g",
            "BLOCK main.py:2 none_h",
            "BLOCK old.py:3 none_i",
            "BLOCK inside.py:1 pack.gone",
            "BLOCK taken.py:1 plain",
            "BLOCK of_module.py:1 helper.gone",
            "BLOCK finally.py:4 none_j",
            "BLOCK sub.py:2 none_k");
  }

  @Test
  void check_relativeImports_areLookedUpInThePackage() throws Exception {
    hook("a.py", "import pack.good\nimport pack.bad\n");
    write("hooks/pack/__init__.py", "");
    write("hooks/pack/good.py", "from .bad import x\nfrom . import bad, NAME\nfrom .. import a\n");
    write(
        "hooks/pack/bad.py", "from .gone import x\nfrom ..gone import y\nfrom .good.z import w\n");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "BLOCK bad.py:1 .gone", "BLOCK bad.py:2 ..gone", "BLOCK bad.py:3 .good.z");
  }

  @Test
  void check_importsThatMayNeverBeReached_onlyWarn() throws Exception {
    hook("function.py", "def f():\n    import none_a\n");
    hook("condition.py", "import sys\nif sys.argv:\n    import none_b\n");
    hook("path.py", "import sys\nsys.path.append(sys.argv[0])\nimport none_c\n");
    write("hooks/tests/test_x.py", "import none_d\n");
    hook("run_by_other.py", "import none_e\n");
    hook("other.sh", "#!/bin/sh\n. ~/venv/bin/activate\npython run_by_other.py\n");
    hook("asks.py", "# /// script\n# dependencies = ['none-f']\n# ///\nimport none_f\n");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "WARN function.py:2 none_a",
            "WARN condition.py:3 none_b",
            "WARN path.py:3 none_c",
            "WARN test_x.py:1 none_d",
            "WARN run_by_other.py:1 none_e",
            "WARN asks.py:4 none_f");
  }

  @Test
  void check_packagesThatUvProvides_areNoFindings() throws Exception {
    hook("with.py", "import none_a\n");
    hook("project.py", "import none_b\n");
    hook("asks.py", "# /// script\n# dependencies = [\n#   'none-c',\n# ]\n# ///\nimport none_c\n");
    hook("bare.py", "# /// script\n# requires-python = '>=3.8'\n# ///\nimport none_d, json\n");
    hook("line.py", "#!/usr/bin/env -S uv run --script --with none-e\nimport none_e\n");
    hook("local.py", "import pack.gone\n");
    write("hooks/pack/__init__.py", "");
    settings(
        "uv run --with none-a ~/.claude/hooks/with.py",
        "uv run python ~/.claude/hooks/project.py",
        "uv run ~/.claude/hooks/asks.py",
        "uv run --script ~/.claude/hooks/bare.py",
        "~/.claude/hooks/line.py",
        "uv run ~/.claude/hooks/local.py");

    assertThat(found())
        .containsExactlyInAnyOrder("BLOCK bare.py:4 none_d", "BLOCK local.py:1 pack.gone");
  }

  @Test
  void check_virtualEnvironment_itsPackagesCount() throws Exception {
    Path venv = venv(sandbox.userHome().resolve("venvs/hooks"));
    Files.createSymbolicLink(venv.resolve("bin/python"), python());
    hook("inside.py", "import only_in_venv\nimport edited, listed\n");
    hook("outside.py", "import only_in_venv\n");
    hook("missing.py", "import none_a\n");
    settings(
        "~/venvs/hooks/bin/python ~/.claude/hooks/inside.py",
        "python3 ~/.claude/hooks/outside.py",
        "~/venvs/hooks/bin/python ~/.claude/hooks/missing.py");

    assertThat(found())
        .containsExactlyInAnyOrder("BLOCK outside.py:1 only_in_venv", "BLOCK missing.py:1 none_a");
  }

  @Test
  void check_virtualEnvironmentAmongTheHooks_isReadAndNotRun() throws Exception {
    Path venv = venv(sandbox.claude().resolve("hooks/.venv"));
    Path proof = sandbox.root().resolve("ran");
    sandbox.write(
        venv.resolve("bin/python"),
        ("#!/bin/sh\ntouch " + proof + "\n").getBytes(StandardCharsets.UTF_8),
        0755);
    hook("inside.py", "import only_in_venv\n");
    hook("missing.py", "import none_a\n");
    settings(
        "~/.claude/hooks/.venv/bin/python ~/.claude/hooks/inside.py",
        "~/.claude/hooks/.venv/bin/python ~/.claude/hooks/missing.py");

    assertThat(found()).containsExactly("BLOCK missing.py:1 none_a");
    assertThat(proof).doesNotExist();
  }

  @Test
  void check_interpreterThatFindsModulesByCode_onlyWarns() throws Exception {
    Path venv = venv(sandbox.userHome().resolve("venvs/hooks"));
    Files.createSymbolicLink(venv.resolve("bin/python"), python());
    sandbox.write(
        packages(venv).resolve("finder.pth"), "import sys; sys.meta_path.append(object())\n");
    hook("a.py", "import none_a\n");
    settings("~/venvs/hooks/bin/python ~/.claude/hooks/a.py");

    assertThat(found()).containsExactly("WARN a.py:1 none_a");
  }

  @Test
  void check_hooks_areNotRunAndNothingIsLeft() throws Exception {
    Path proof = sandbox.root().resolve("ran");
    String run = "open('" + proof + "', 'w')\n";
    hook("a.py", run + "import b, pack.c, none_a\n");
    hook("b.py", run);
    write("hooks/pack/__init__.py", run);
    write("hooks/pack/c.py", run);
    write("hooks/sitecustomize.py", run);
    sandbox.withVariable("PYTHONPATH", sandbox.claude().resolve("hooks").toString());
    Map<String, Long> before = tree();

    assertThat(found()).contains("BLOCK a.py:2 none_a");

    assertThat(proof).doesNotExist();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void check_onlyWhatEveryPythonHas_asksNobody() throws Exception {
    Path proof = sandbox.root().resolve("asked");
    Path bin = sandbox.root().resolve("bin");
    sandbox.write(
        bin.resolve("python3"),
        ("#!/bin/sh\n: > " + proof + "\n").getBytes(StandardCharsets.UTF_8),
        0755);
    sandbox.withVariable("PATH", bin + ":" + sandbox.environment().variables().get("PATH"));
    hook(
        "a.py",
        "#!/usr/bin/env python3\nimport json, sys  # both\nfrom os.path import (\n  join)\n");
    assertThat(found()).isEmpty();
    assertThat(proof).doesNotExist();

    for (String more :
        List.of(
            "import json, more",
            "from more import json",
            "import json as more",
            "x = 1; import more",
            "if 1: import more",
            "import json; import more",
            "from json import x; import more",
            "from . import json")) {
      hook("a.py", "import sys\n" + more + "\n");
      found();
      assertThat(proof).as(more).exists();
      Files.delete(proof);
    }

    hook("a.py", "import json.more\n");
    write("hooks/json.py", "");
    found();
    assertThat(proof).as("a module beside it is taken first").exists();
  }

  @Test
  void check_pythonPath_counts() throws Exception {
    sandbox.write(sandbox.userHome().resolve("modules/mine.py"), "");
    hook("a.py", "import mine\n");
    assertThat(found()).hasSize(1);

    sandbox.withVariable("PYTHONPATH", sandbox.userHome().resolve("modules").toString());
    assertThat(found()).isEmpty();
  }

  @Test
  void check_statusLineScript_onlyWarns() throws Exception {
    hook("line.py", "import none_a\n");
    sandbox.write(
        sandbox.claude().resolve("settings.json"),
        "{\"statusLine\":{\"type\":\"command\",\"command\":\"python3 ~/.claude/hooks/line.py\"}}");

    assertThat(found()).containsExactly("WARN line.py:1 none_a");
  }

  @Test
  void check_noPython_saysNotChecked() throws Exception {
    sandbox.withVariable("PATH", sandbox.root().resolve("none").toString());
    hook("a.py", "import none_a\n");
    hook("b.py", "from none_b import c\n");
    hook("c.py", "x = 1\n");

    assertThat(Contexts.findings(sandbox, new Dependencies()))
        .singleElement()
        .matches(f -> f.severity() == Severity.INFO)
        .matches(
            f ->
                f.message()
                    .equals("the imports of 2 hooks were not checked: no python3 that can be run"));
  }

  private Path venv(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    sandbox.write(
        folder.resolve("pyvenv.cfg"), "home = " + python().getParent() + "\nversion = 3\n");
    Path packages = packages(folder);
    sandbox.write(packages.resolve("only_in_venv/__init__.py"), "");
    sandbox.write(
        packages.resolve("__editable__.edited-1.pth"), "import __editable___edited_1_finder\n");
    sandbox.write(
        packages.resolve("__editable___edited_1_finder.py"),
        "MAPPING: dict = {'edited': '/src/edited'}\nNAMESPACES = {}\n");
    sandbox.write(packages.resolve("list.pth"), "# where more is\n../more\n");
    sandbox.write(packages.resolveSibling("more/listed.py"), "");
    return folder;
  }

  private static Path packages(Path venv) {
    return venv.resolve("lib/python3.9/site-packages");
  }

  /** The interpreter itself: what the {@code PATH} has may be a script that chooses one. */
  private Path python() throws Exception {
    Process process =
        new ProcessBuilder("python3", "-I", "-c", "import sys; print(sys.executable)").start();
    String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Path real = Path.of(path.strip());
    Path usual = real.resolveSibling("python3");
    return Files.exists(usual) ? usual : real;
  }

  private void hook(String name, String content) throws IOException {
    write("hooks/" + name, content);
  }

  private void write(String name, String content) throws IOException {
    sandbox.write(sandbox.claude().resolve(name), content.getBytes(StandardCharsets.UTF_8), 0755);
  }

  private void settings(String... commands) throws IOException {
    String handlers =
        Stream.of(commands)
            .map(command -> "{\"type\": \"command\", \"command\": \"" + command + "\"}")
            .collect(Collectors.joining(",\n"));
    sandbox.write(
        sandbox.claude().resolve("settings.json"),
        "{\"hooks\": {\"Stop\": [{\"hooks\": [\n" + handlers + "]}]}}");
    sandbox.withCommand("uv");
  }

  /** What blocks and warns: severity, file, line, and what is imported. */
  private List<String> found() throws Exception {
    List<Finding> findings = Contexts.findings(sandbox, new Dependencies());
    assertThat(findings).allMatch(f -> f.kind() == ErrorKind.DEPENDENCY_MISSING);
    return findings.stream()
        .map(
            f ->
                f.severity()
                    + " "
                    + f.file().orElseThrow().getFileName()
                    + ":"
                    + f.line().orElseThrow()
                    + " "
                    + f.message().replaceAll("imports ([^,: ]+).*", "$1"))
        .toList();
  }

  private Map<String, Long> tree() throws IOException {
    Map<String, Long> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sandbox.root())) {
      for (Path file : files.toList()) {
        tree.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return tree;
  }
}
