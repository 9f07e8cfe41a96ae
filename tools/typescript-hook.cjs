// node -r tools/typescript-hook.cjs file.ts: runs a source file as a child process of a spec, with the aliases of tsconfig and the build's swc settings.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.dirname(__dirname);
const { $schema, ...settings } = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...settings,
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, folder, lib] =
    /^@(platform|contexts)\/([^/]+)$/.exec(request) ??
    (/^@(raccordo\/)?(contracts|demo|cli)$/.test(request) ? ['', '', path.basename(request.slice(1))] : []);
  return resolve.call(this, lib ? path.join(root, 'libs', folder, lib, 'src/index.ts') : request, ...rest);
};
