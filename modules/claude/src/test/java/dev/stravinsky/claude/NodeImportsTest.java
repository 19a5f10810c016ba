package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.dependencies.Dependencies;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In memory: no Node.js is needed to look its packages up. */
class NodeImportsTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void check_importsThatResolve_findsNothing() throws Exception {
    hook("built-in.js", "const fs = require('fs'), p = require(\"node:path\");\n");
    hook("built-in.mjs", "import { a } from 'fs/promises';\nimport test from 'node:test';\n");
    hook("beside.js", "require('./helper'); require('./folder'); require('./data.json');\n");
    hook("package-main.js", "require('./withmain'); require('..' + x); require(name);\n");
    hook("exact.mjs", "import './helper.js';\nexport * from './helper.js';\n");
    hook("compiled.mjs", "import { a } from './typed.js';\n");
    hook("installed.js", "require('lodash'); require('@scope/pkg/inside');\n");
    hook("above.js", "require('at-home'); require('single');\n");
    hook("itself.js", "require('my-hooks/x');\n");
    hook("optional.js", "let x;\ntry { x = require('none-a'); } catch (e) { x = null; }\n");
    hook("caught.mjs", "const x = await import('none-b').catch(() => null);\n");
    hook("comment.js", "// require('none-c')\n/* import 'none-d'\n import x from 'none-d' */\n");
    hook("text.js", "const a = \"require('none-e')\", b = `require('none-f')`;\n");
    hook("expression.js", "const r = /require('none-g')/.test(x), q = a / require.length / 2;\n");
    hook("method.js", "loader.require('none-h'); class A { require(x) {} }\n");
    hook("other.mjs", "import x from 'https://host/x.js';\nimport y from '#inside';\n");
    hook("object.mjs", "const import_ = { from: 'none-i' };\nexport const from = 'none-j';\n");
    hook("ends-early.js", "const a = `never closed ${ require");
    write("hooks/helper.js", "module.exports = 1;\n");
    write("hooks/folder/index.js", "");
    write("hooks/data.json", "{}");
    write("hooks/withmain/package.json", "{\"main\": \"lib/start\"}");
    write("hooks/withmain/lib/start.js", "require('../../helper');\n");
    write("hooks/typed.ts", "");
    write("hooks/package.json", "{\"name\": \"my-hooks\"}");
    write("hooks/node_modules/lodash/package.json", "{}");
    write("hooks/node_modules/@scope/pkg/index.js", "require('none-k');\n");
    sandbox.write(sandbox.userHome().resolve("node_modules/at-home/index.js"), "");
    sandbox.write(sandbox.userHome().resolve(".node_modules/single.js"), "");

    assertThat(found()).isEmpty();
  }

  @Test
  void check_importsOfNothing_blockWithFileAndLine() throws Exception {
    hook("plain.js", "#!/usr/bin/env node\n'use strict';\nconst x = require('none-a');\n");
    hook("scoped.js", "const { y } = require('@none/b/inside');\n");
    hook("file.js", "/* two\n lines */ require('./none-c');\n");
    hook("folder.js", "require('./empty');\n");
    hook("static.mjs", "import a, {\n  b as c,\n  d,\n} from 'none-d';\n");
    hook("star.mjs", "import * as e from \"none-e\";\n");
    hook("effect.mjs", "import 'none-f';\n");
    hook("again.mjs", "export { g } from './none-g.js';\n");
    hook("dynamic.mjs", "const h = await import('none-h');\n");
    hook("block.js", "{ const i = require('none-i'); }\n");
    hook("handler.js", "try { x(); } catch (e) { }\nrequire('none-j');\n");
    hook("template.js", "const a = `${ require('none-k') }\n`; require('none-l');\n");
    hook("slash.js", "const a = b / 2; const r = /['\"`]/; require('none-m');\n");
    hook("deep.js", "require('./lib/inner');\n");
    hook("outside.js", "require('/none/n.js'); require('file:///none/o.js');\n");
    write("hooks/lib/inner.js", "\nrequire('./gone');\n");
    write("hooks/empty/readme.md", "");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "BLOCK plain.js:3 none-a",
            "BLOCK scoped.js:1 @none/b/inside",
            "BLOCK file.js:2 ./none-c",
            "BLOCK folder.js:1 ./empty",
            "BLOCK static.mjs:1 none-d",
            "BLOCK star.mjs:1 none-e",
            "BLOCK effect.mjs:1 none-f",
            "BLOCK again.mjs:1 ./none-g.js",
            "BLOCK dynamic.mjs:1 none-h",
            "BLOCK block.js:1 none-i",
            "BLOCK handler.js:2 none-j",
            "BLOCK template.js:1 none-k",
            "BLOCK template.js:2 none-l",
            "BLOCK slash.js:1 none-m",
            "BLOCK inner.js:2 ./gone",
            "BLOCK outside.js:1 /none/n.js",
            "BLOCK outside.js:1 file:///none/o.js");
  }

  @Test
  void check_importsThatMayNeverBeReached_onlyWarn() throws Exception {
    hook("function.js", "async function main() {\n  require('none-a');\n}\nmain();\n");
    hook("arrow.js", "const f = () => { require('none-b'); };\n");
    hook("condition.js", "if (x) {\n  require('none-c');\n} else { require('none-d'); }\n");
    hook("catching.js", "try { a(); } catch (e) { require('none-e'); }\n");
    hook("bun.js", "#!/usr/bin/env bun\nimport 'none-f';\n");
    write("hooks/examples/x.js", "require('none-g');\n");
    hook("named.js", "require('none-h');\n");
    hook("other.sh", "#!/bin/sh\nnode ./named.js\n");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "WARN function.js:2 none-a",
            "WARN arrow.js:1 none-b",
            "WARN condition.js:2 none-c",
            "WARN condition.js:3 none-d",
            "WARN catching.js:1 none-e",
            "WARN bun.js:2 none-f",
            "WARN x.js:1 none-g",
            "WARN named.js:1 none-h");
  }

  @Test
  void check_runnersWithPackagesOfTheirOwn_onlyWarn() throws Exception {
    hook("a.js", "require('none-a');\n");
    hook("b.js", "require('none-b');\n");
    settings("npx tsx ~/.claude/hooks/a.js", "node ~/.claude/hooks/b.js");

    assertThat(found()).containsExactlyInAnyOrder("WARN a.js:1 none-a", "BLOCK b.js:1 none-b");
  }

  @Test
  void check_scriptThatSettingsNameInAFolder_blocks() throws Exception {
    write("hooks/deep/a.js", "require('none-a');\n");
    settings("node ~/.claude/hooks/deep/a.js");

    assertThat(found()).containsExactly("BLOCK a.js:1 none-a");
  }

  @Test
  void check_nodePath_counts() throws Exception {
    sandbox.write(sandbox.userHome().resolve("modules/mine/index.js"), "");
    hook("a.js", "require('mine');\n");
    assertThat(found()).hasSize(1);

    sandbox.withVariable("NODE_PATH", sandbox.userHome().resolve("modules").toString());
    assertThat(found()).isEmpty();
  }

  private void hook(String name, String content) throws IOException {
    write("hooks/" + name, content);
  }

  private void write(String name, String content) throws IOException {
    sandbox.write(sandbox.claude().resolve(name), content);
  }

  private void settings(String... commands) throws IOException {
    StringBuilder handlers = new StringBuilder();
    for (String command : commands) {
      handlers.append(handlers.isEmpty() ? "" : ",\n");
      handlers.append("{\"type\": \"command\", \"command\": \"").append(command).append("\"}");
    }
    write("settings.json", "{\"hooks\": {\"Stop\": [{\"hooks\": [\n" + handlers + "]}]}}");
    sandbox.withCommand("npx");
  }

  /** Severity, file, line, and what is imported. */
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
                    + f.message().replaceAll("imports ([^, ]+).*", "$1"))
        .toList();
  }
}
