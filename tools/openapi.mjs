// Writes docs/reference/openapi.json from the running code, and the other reference pages; with --check only compares.
import { spawn } from 'node:child_process';
import { mkdtempSync, chmodSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const file = 'docs/reference/openapi.json';
const home = mkdtempSync(path.join(tmpdir(), 'raccordo-openapi-'));
chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
const child = spawn(process.execPath, ['dist/apps/all-in-one/src/main.js'], {
  env: { ...process.env, PORT: '0', DATA_DIR: path.join(home, 'data'), LOG_LEVEL: 'warn', DEMO: 'false' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const ready = /ready (\S+)/.exec(text);
      if (ready) resolve(ready[1]);
    });
    child.once('exit', () => reject(new Error('the application did not start')));
  });
  const document = `${JSON.stringify(await (await fetch(`${url}/openapi.json`)).json(), null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, document);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== document) {
    console.error(`${file} is stale: npm run openapi`);
    process.exitCode = 1;
  }
} finally {
  child.kill('SIGTERM');
  if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
  rmSync(home, { recursive: true, force: true });
}
await import('./reference.mjs');
await import('./web-api.mjs');
