import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const root = path.join(import.meta.dirname, '..');
/** Beside the page itself: what can be done without a line. */
const WITHOUT_A_LINE = ['/src/offline/', '/src/contacts/new-contact-screen', '/src/start/accessibility-screen', '/src/start/home-screen'];
const PUBLIC = ['/icon.svg', '/app.webmanifest'];

/** First parts of the addresses of screens, read from the routes: everything else is the server's and never answered from here. */
const screens = (): string[] => {
  const files = globSync(path.join(root, 'src/**/routes.ts'));
  const paths = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/path: '\/([^'/]*)/g)].map(([, first]) => first ?? ''));
  return [...new Set(paths)].sort();
};

/** Writes `sw.js` with the names of this build's files. */
export const offlineShell = (): Plugin => ({
  name: 'offline-shell',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_, bundle) {
    const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));
    const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
    const wanted = new Set<string>();
    const take = (name: string): void => {
      const chunk = byName.get(name);
      if (!chunk || wanted.has(name)) return;
      wanted.add(name);
      chunk.imports.forEach(take);
    };
    const id = (chunk: { facadeModuleId: string | null }): string => (chunk.facadeModuleId ?? '').replaceAll('\\', '/');
    for (const chunk of chunks) if (chunk.isEntry || WITHOUT_A_LINE.some((part) => id(chunk).includes(part))) take(chunk.fileName);
    for (const name of Object.keys(bundle)) if (name.endsWith('.css')) wanted.add(name);
    const shell = ['/index.html', ...PUBLIC, ...[...wanted].sort().map((name) => `/${name}`)];
    const hash = createHash('sha256');
    for (const name of shell) {
      const file = bundle[name.slice(1)];
      hash.update(name).update(file?.type === 'asset' ? file.source : (file?.code ?? readFileSync(path.join(root, 'public', name))));
    }
    const source = path.join(import.meta.dirname, 'shell-worker.ts');
    const constants = { SHELL: shell, SCREENS: screens(), VERSION: hash.digest('hex').slice(0, 16) };
    const head = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
    const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source);
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: head.join('') + code.replace(/\n?\/\/# sourceMappingURL=.*$/m, '') });
  },
});
