import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../cluster/root';
import { docker } from './docker';

export type Check = (what: string, ok: boolean, found?: string) => void;

/** As the compose file and the manifests run it: no rights, nothing to write to. */
const LOCKED = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true', '--network', 'none'];

/** What must be true of the image whoever runs it. */
export async function checkImage(image: string, check: Check): Promise<void> {
  const node = (...words: string[]): Promise<string> => docker('run', '--rm', ...LOCKED, image, ...words);
  const shell = (script: string): Promise<string> => docker('run', '--rm', ...LOCKED, '--entrypoint', 'sh', image, '-ec', script);
  const configured = JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config}}', image)) as {
    User: string;
    Env: string[];
  };
  check('runs as a user without a name or rights', configured.User === '10001:10001' && (await shell('id -u; id -g')) === '10001\n10001');
  check('says its version', (await node('dist/apps/cli/src/main.js', '--version')) === versionOf('package.json'));
  check('answers to the name runbooks call it by', (await shell('cd / && raccordo --version')) === versionOf('package.json'));
  const node24 = await node('-p', 'process.versions.node');
  check('has the Node it is tested with', node24.startsWith('24.'), node24);
  // No instance and no database yet: what it finds is its own folder, its disk and its Node.
  const doctor = await docker(
    'run',
    '--rm',
    ...LOCKED,
    '--tmpfs',
    '/data:uid=10001,mode=700',
    image,
    'dist/apps/cli/src/main.js',
    'doctor',
    '--json',
  );
  const findings = doctor.split('\n').map((line) => JSON.parse(line) as { part: string; ok: boolean });
  check('finds nothing wrong with itself', findings.length > 2 && findings.every(({ ok }) => ok), doctor);
  check('owns none of its own files', (await shell('find /app ! -user 0 | head -3; find /app -perm /022 ! -type l | head -3')) === '');
  check(
    'owns the folders that volumes are mounted on',
    (await shell('stat -c %u:%a /data /keys/*')) === Array(11).fill('10001:700').join('\n'),
  );

  const installed = new Set((await shell('cd node_modules && ls -d * .[a-z]* @*/* 2>/dev/null || true')).split('\n'));
  const left = developersOnly().filter((name) => installed.has(name));
  check('has nothing in it that only developers need', left.length === 0, left.slice(0, 5).join(' '));
  const strays = await shell(
    String.raw`find /app -path /app/node_modules -prune -o \( -name '*.spec.*' -o -name '*.key' -o -name '*.pem' -o -name '.env*' -o -name '.git' -o -name '*.token' \) -print; ls -A /keys/* /data | grep -v : | grep . || true`,
  );
  check('has no code that exists for specs', (await shell('find dist -type d -name "test*"')) === '');
  check('holds no key, no specs and nobody’s settings', strays === '', strays.slice(0, 300));
  const secret = configured.Env.filter((line) => /PASSWORD|SECRET|TOKEN|_KEY=/.test(line));
  check('is told no secret by its environment', secret.length === 0);
}

const json = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const versionOf = (file: string): string => (json(file) as { version: string }).version;

/** Packages the lock file needs for developing only, at the top where they would be found. */
function developersOnly(): string[] {
  const { packages } = json('package-lock.json') as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> };
  return Object.entries(packages).flatMap(([place, { dev = false, devOptional = false }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
    return (dev || devOptional) && name !== undefined ? [name] : [];
  });
}
