package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.hooks.HooksSyntax;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With the interpreters of this machine; a language without one is skipped by name. */
class HooksSyntaxTest {
  private Sandbox sandbox;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        hook("python3", "a.py", 2, "import os\ndef f(:\n    pass\n"),
        hook("python3", "b.py", 3, "x = 1\n\nreturn x\n"),
        hook("python3", "c.py", 2, "if True:\nx = 1\n"),
        hook("python3", "d.py", 1, "print 'hello'\n"),
        hook("python3", "noext", 2, "#!/usr/bin/env python3\nx = (\n"),
        hook(
            "python3",
            "uv.py",
            5,
            "#!/usr/bin/env -S uv run --script\n"
                + "# /// script\n"
                + "# requires-python = \">=3.8\"\n"
                + "# ///\n"
                + "x = = 2\n"),
        hook("bash", "a.sh", 5, "#!/bin/bash\nif true; then\n  echo x\n\n"),
        hook("bash", "b.sh", 3, "#!/usr/bin/env bash\necho a\n)\n"),
        hook("bash", "c.bash", 2, "f() {\n}\n"),
        hook("bash", "d.sh", 2, "#!/bin/bash\necho \"never closed\n"),
        hook("sh", "e.sh", 3, "#!/bin/sh\nfor i in 1 2\nxx\ndone\n"),
        hook("bash", "noext-shell", 2, "#!/bin/bash\ncase x in esac fi\n"),
        hook("node", "a.js", 2, "const x = 1;\nconst x = ;\n"),
        hook("node", "b.mjs", 1, "import { from 'x';\n"),
        hook("node", "c.cjs", 1, "import x from 'y';\n"),
        hook("node", "d.js", 3, "#!/usr/bin/env node\nimport fs from 'fs';\nfunction ( {\n"),
        hook("", "a.json", 2, "{\"a\": 1,\n \"b\" 2}\n"),
        hook("", "b.yaml", 3, "a: 1\nb: [1, 2\nc: d\n"),
        hook("", "c.yml", 2, "a: b\n\t- c\n"));
  }

  static Stream<Arguments> sound() {
    return Stream.of(
        hook("python3", "a.py", 0, "#!/usr/bin/env python3\nimport sys\nprint(sys.argv)\n"),
        hook("python3", "latin.py", 0, "# -*- coding: utf-8 -*-\nx = '\u00e9'\n"),
        hook("python3", "bom.py", 0, "\uFEFFx = 1\n"),
        hook("python3", "crlf.py", 0, "if True:\r\n    x = 1\r\n"),
        hook("python3", "empty.py", 0, ""),
        hook("bash", "a.sh", 0, "#!/bin/bash\n[[ -n $1 ]] && echo \"${x[@]}\"\n"),
        hook("bash", "extglob.sh", 0, "#!/bin/bash\nshopt -s extglob\nrm -- !(keep|me)\n"),
        hook("bash", "noshebang.sh", 0, "a=(1 2 3)\necho ${a[1]}"),
        hook("bash", "heredoc.sh", 0, "#!/bin/bash\ncat <<'EOF'\n$(rm -rf /) `x` \\\nEOF\n"),
        hook("sh", "posix.sh", 0, "#!/bin/sh\nset -eu\nif [ -f x ]; then echo \u00e9\u0081; fi\n"),
        hook("node", "a.js", 0, "#!/usr/bin/env node\nconst fs = require('fs');\nreturn;\n"),
        hook("node", "b.js", 0, "import fs from 'fs';\nawait fs.x();\n"),
        hook("node", "c.mjs", 0, "export default 1;\n"),
        hook("", "a.json", 0, "[1, 2, {\"a\": null}]\n"),
        hook("", "b.yaml", 0, "a: !Ref x\n---\nb: *c\n"),
        hook("", "README.md", 0, "# Broken { [ (\n"),
        hook("", "data.bin", 0, "\u0000\u0001"),
        hook("", "notes.txt", 0, "#!/not a program\n"),
        hook("", "LICENSE", 0, "if then fi ("));
  }

  private static Arguments hook(String interpreter, String name, int line, String content) {
    return Arguments.of(interpreter, name, line, content);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("broken")
  void check_brokenHook_blocksWithFileAndLine(
      String interpreter, String name, int line, String content) throws Exception {
    assumeInstalled(interpreter);
    Path hook = write(name, content);

    List<Finding> findings = Contexts.findings(sandbox, new HooksSyntax());

    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.BLOCK);
    assertThat(finding.kind()).isEqualTo(ErrorKind.PARSE_ERROR);
    assertThat(finding.file()).contains(hook);
    assertThat(finding.line()).hasValue(line);
    assertThat(finding.message()).isNotBlank().doesNotContain("\n");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("sound")
  void check_soundHook_findsNothing(String interpreter, String name, int line, String content)
      throws Exception {
    assumeInstalled(interpreter);
    write(name, content);

    assertThat(Contexts.findings(sandbox, new HooksSyntax())).isEmpty();
  }

  @Test
  void check_manyHooks_tellsEachBrokenOneApart() throws Exception {
    assumeInstalled("python3");
    assumeInstalled("bash");
    for (int i = 0; i < 30; i++) {
      write("p" + i + ".py", i % 3 == 0 ? "x = (\n" : "x = 1\n");
      write("s" + i + ".sh", i % 3 == 0 ? "#!/bin/bash\nfi\n" : "#!/bin/bash\ntrue\n");
    }

    assertThat(Contexts.findings(sandbox, new HooksSyntax()))
        .hasSize(20)
        .allMatch(f -> f.file().orElseThrow().getFileName().toString().matches("[ps]\\d+\\.\\w+"));
  }

  @Test
  void check_hookThatWouldRun_isNotRunAndLeavesNothing() throws Exception {
    assumeInstalled("python3");
    assumeInstalled("bash");
    Path proof = sandbox.root().resolve("ran");
    String script = "require('fs').writeFileSync(" + quoted(proof) + ", 'x');\n";
    write("a.py", "open(" + quoted(proof) + ", 'w')\n");
    write("b.sh", "#!/bin/bash\ntouch " + proof + "\n");
    write("c.js", script);
    write("d.sh", "#!/bin/sh\ntouch " + proof + "\n");
    write("e.mjs", "import f from 'fs';\nf.writeFileSync(" + quoted(proof) + ", 'x');\n");
    write("f.mjs", "import f from 'fs';\nf.writeFileSync(" + quoted(proof) + ", 'x');\n}\n");
    write("g.sh", "#!/bin/bash\ntouch " + proof + "\nfi\n");
    SortedMap<String, String> before = Tree.of(sandbox.root());

    Contexts.findings(sandbox, new HooksSyntax());

    assertThat(Tree.of(sandbox.root())).isEqualTo(before);
  }

  @Test
  void check_variablesThatMakeInterpretersRunOrWrite_haveNoEffect() throws Exception {
    assumeInstalled("python3");
    assumeInstalled("bash");
    Path proof = sandbox.root().resolve("ran");
    Path shell = sandbox.write(sandbox.root().resolve("start.sh"), "touch " + proof + "\n");
    Path python =
        sandbox.write(
            sandbox.root().resolve("modules/sitecustomize.py"),
            "open(" + quoted(proof) + ", 'w')\n");
    Path node =
        sandbox.write(
            sandbox.root().resolve("start.js"),
            "require('fs').writeFileSync(" + quoted(proof) + ", 'x');\n");
    sandbox.withVariable("BASH_ENV", shell.toString());
    sandbox.withVariable("ENV", shell.toString());
    sandbox.withVariable("BASH_FUNC_echo%%", "() { touch " + proof + "; }");
    sandbox.withVariable("PYTHONPATH", python.getParent().toString());
    sandbox.withVariable("NODE_OPTIONS", "--require " + node);
    sandbox.withVariable("NODE_V8_COVERAGE", sandbox.root().resolve("coverage").toString());
    write("a.py", "x = 1\n");
    write("b.sh", "#!/bin/bash\necho\n");
    write("c.js", "1;\n");
    write("d.sh", "#!/bin/sh\nfi\n");
    SortedMap<String, String> before = Tree.of(sandbox.root());

    assertThat(Contexts.findings(sandbox, new HooksSyntax())).hasSize(1);

    assertThat(Tree.of(sandbox.root())).isEqualTo(before);
  }

  @Test
  void check_bashUnderShName_onlyWarns() throws Exception {
    assumeTrue(!"bash".equals(realName("sh")), "sh is bash here");
    write("a.sh", "#!/bin/sh\na=(1 2)\n");

    assertThat(Contexts.findings(sandbox, new HooksSyntax()))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.WARN);
  }

  @Test
  void check_newerPythonAskedFor_onlyWarns() throws Exception {
    assumeInstalled("python3");
    write("a.py", "# /// script\n# requires-python = \">=3.99\"\n# ///\nx = = 1\n");

    assertThat(Contexts.findings(sandbox, new HooksSyntax()))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.WARN);
  }

  @Test
  void check_librariesAndCaches_areLeftAlone() throws Exception {
    write("node_modules/x/bad.js", "}");
    write(".venv/lib/bad.py", "x = = 1");
    write("cache/state.json", "{");

    assertThat(Contexts.findings(sandbox, new HooksSyntax())).isEmpty();
  }

  @Test
  void check_noInterpreter_saysNotCheckedAndDoesNotFail() throws Exception {
    sandbox.withVariable("PATH", sandbox.root().resolve("none").toString());
    write("a.py", "x = = 1");
    write("b.py", "x = = 1");
    write("c.rb", "end end");

    assertThat(Contexts.findings(sandbox, new HooksSyntax()))
        .hasSize(2)
        .allMatch(f -> f.severity() == Severity.INFO)
        .anyMatch(
            f ->
                f.message().equals("2 files in hooks were not checked: no python3 that can be run"))
        .anyMatch(f -> f.message().contains("c.rb was not checked"));
  }

  @Test
  void check_linkToAHook_readsItsEnd() throws Exception {
    Path real = sandbox.write(sandbox.userHome().resolve("dotfiles/x.json"), "{");
    Files.createDirectories(hooks());
    Files.createSymbolicLink(hooks().resolve("x.json"), real);
    Files.createSymbolicLink(hooks().resolve("y.json"), sandbox.root().resolve("nowhere"));

    assertThat(Contexts.findings(sandbox, new HooksSyntax()))
        .singleElement()
        .matches(f -> f.file().orElseThrow().equals(hooks().resolve("x.json")));
  }

  private void assumeInstalled(String interpreter) {
    assumeTrue(
        interpreter.isEmpty()
            || new Programs(sandbox.environment().variables(), sandbox.root())
                .findRunnable(interpreter)
                .isPresent(),
        () -> interpreter + " is not installed here");
  }

  private static String realName(String program) throws IOException {
    Path path = Path.of("/bin", program);
    return Files.exists(path) ? path.toRealPath().getFileName().toString() : "";
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  private Path hooks() {
    return sandbox.claude().resolve("hooks");
  }

  private Path write(String name, String content) throws IOException {
    return sandbox.write(hooks().resolve(name), content.getBytes(StandardCharsets.UTF_8), 0755);
  }
}
