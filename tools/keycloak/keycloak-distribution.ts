import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** The release the compose file names. */
export const KEYCLOAK = '26.4.7';

const cache = (): string => path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'raccordo', 'keycloak');

/**
 * The folder of an unpacked Keycloak, fetched by Maven the first time (160 MB).
 * @throws Error that says what is missing: Java 17, Maven, or the network
 */
export function keycloakDistribution(version = KEYCLOAK): string {
  if (spawnSync('java', ['-version']).status !== 0) throw new Error('Keycloak needs Java 17: apt-get install openjdk-17-jre-headless');
  const folder = path.join(cache(), version);
  if (existsSync(folder)) return folder;
  mkdirSync(cache(), { recursive: true });
  // Beside its place and then renamed: an interrupted download is never taken for a whole one.
  const partial = mkdtempSync(path.join(cache(), `${version}-`));
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  const { status, error, stdout } = spawnSync(
    'mvn',
    ['-q', '-B', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${partial}`],
    { encoding: 'utf8' },
  );
  try {
    if (error) throw new Error('Keycloak comes through Maven: apt-get install maven');
    if (status !== 0) throw new Error(`Maven could not fetch Keycloak ${version}: ${stdout.slice(-600)}`);
    renameSync(path.join(partial, `keycloak-${version}`), folder);
  } catch (failure) {
    if (!existsSync(folder)) throw failure; // another run was faster
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
