// Reads "INDEX KIND BASE64" lines, compiles each file without running it, answers a JSON line each.
const vm = require('vm');

function commonJs(source) {
  vm.compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'],
    { filename: 'hook' });
}

function module(source) {
  if (!vm.SourceTextModule) {
    throw new Error('this Node.js cannot check modules');
  }
  new vm.SourceTextModule(source, { identifier: 'hook' });
}

// The line of a module's error is told to a terminal only: a second process for a broken module.
function moduleLine(source) {
  const check = require('child_process').spawnSync(
    process.execPath, ['--check', '--input-type=module', '-'],
    { input: source, encoding: 'utf8' });
  return /^\[stdin\]:(\d+)/m.exec(check.stderr || '');
}

function error(compile, source) {
  try {
    compile(source);
    return null;
  } catch (e) {
    if (!(e instanceof SyntaxError)) {
      return { unknown: String(e.message) };
    }
    const line = /^hook:(\d+)/.exec(e.stack || '') || moduleLine(source);
    return { line: line ? Number(line[1]) : 1, message: e.message };
  }
}

function judge(kind, source) {
  if (kind === 'cjs') {
    return error(commonJs, source) || {};
  }
  if (kind === 'mjs') {
    return error(module, source) || {};
  }
  const asCommonJs = error(commonJs, source);
  const asModule = asCommonJs && error(module, source);
  if (!asCommonJs || !asModule) {
    return {};
  }
  return /^\s*(import|export)\b/m.test(source) ? asModule : asCommonJs;
}

const requests = require('fs').readFileSync(0, 'latin1').split('\n').filter(Boolean);
for (const request of requests) {
  const [index, kind, content] = request.split(' ');
  const source = Buffer.from(content, 'base64').toString('utf8')
    .replace(/^\uFEFF/, '').replace(/^#!/, '//');
  console.log(JSON.stringify({ index: Number(index), ...judge(kind, source) }));
}
