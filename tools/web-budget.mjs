// Weighs the built browser application as it travels (gzip) against what a phone with poor coverage can bear.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = 'dist/apps/web';
const KB = 1000;
const BUDGET = { js: 150 * KB, css: 12 * KB, route: 45 * KB, visit: 250 * KB };

const weigh = (file) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'));
const page = readFileSync(path.join(dist, 'index.html'), 'utf8');

/** A chunk with everything it imports at once. */
const closure = (key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
};
const entry = 'index.html';
const first = closure(entry);
const sum = (files) => files.reduce((total, file) => total + weigh(file), 0);

const js = sum([...first].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')));
const styles = [...new Set([...page.matchAll(/href="\/(assets\/[^"]+\.css)"/g)].map(([, file]) => file))];
const css = sum(styles);
const routes = Object.keys(manifest)
  .filter((key) => manifest[key].isDynamicEntry)
  .map((key) => ({ key, own: sum([...closure(key)].filter((one) => !first.has(one)).map((one) => manifest[one].file)) }));
const heaviest = routes.reduce((a, b) => (b.own > a.own ? b : a), { key: '-', own: 0 });
const visit = js + css + heaviest.own + weigh('index.html') + weigh('icon.svg');

let over = 0;
const check = (what, bytes, limit) => {
  const ok = bytes <= limit;
  if (!ok) over++;
  console.log(`${ok ? 'ok  ' : 'OVER'} ${what}: ${(bytes / KB).toFixed(1)} of ${limit / KB} kB`);
};
if (styles.length === 0) throw new Error('the page names no style sheet: nothing was weighed');
check('scripts of the first load', js, BUDGET.js);
check('style sheets', css, BUDGET.css);
check(`heaviest route (${heaviest.key})`, heaviest.own, BUDGET.route);
check('first visit, with the heaviest route', visit, BUDGET.visit);
process.exitCode = over;
