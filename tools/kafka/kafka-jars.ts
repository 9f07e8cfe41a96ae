import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** The release our own run is made with, and the last one that still speaks to clients as old as 0.10. */
export const KAFKA = '4.1.1';
export const KAFKA_OLD = '3.9.1';

// From the sources as well as from the build: Maven's file is not compiled.
const ROOT = path.resolve(__dirname, path.basename(path.resolve(__dirname, '../..')) === 'dist' ? '../../..' : '../..');
const POM = path.join(ROOT, 'tools/kafka/pom.xml');
export const LOG4J = path.join(ROOT, 'tools/kafka/log4j2.properties');

const cache = (): string =>
  process.env.KAFKA_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'raccordo', 'kafka');

/**
 * The folder with a release's jars, fetched by Maven the first time.
 * @throws Error that says what is missing: Java 17, Maven, or the network
 */
export function kafkaJars(version = KAFKA): string {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.status !== 0) throw new Error('a Kafka broker needs Java 17: apt-get install openjdk-17-jre-headless');
  const folder = path.join(cache(), version);
  if (existsSync(folder)) return folder;
  mkdirSync(cache(), { recursive: true });
  // Beside its place and then renamed: an interrupted download is never taken for a whole one, and two runs do not disturb each other.
  const partial = mkdtempSync(path.join(cache(), `${version}-`));
  const args = ['-q', '-B', '-f', POM, `-Dkafka.version=${version}`, 'dependency:copy-dependencies'];
  const { status, error, stdout } = spawnSync('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${partial}`], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    if (error) throw new Error('the jars of Kafka come through Maven: apt-get install maven');
    throw new Error(`Maven could not fetch Kafka ${version}: ${stdout.slice(-600)}`);
  }
  try {
    renameSync(partial, folder);
  } catch (failure) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw failure;
  }
  return folder;
}
