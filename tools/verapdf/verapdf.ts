import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

export const VERAPDF = '1.30.2';

const cache = (): string => path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'raccordo', 'verapdf');

export const javaIsHere = (): boolean => spawnSync('java', ['-version']).status === 0;

/**
 * The jar of the validator, fetched by Maven the first time (16 MB).
 * @throws Error that says what is missing: Maven, or the network
 */
function veraPdfJar(version = VERAPDF): string {
  const name = `cli-${version}.jar`;
  const jar = path.join(cache(), name);
  if (existsSync(jar)) return jar;
  mkdirSync(cache(), { recursive: true });
  // Beside its place and then renamed: an interrupted download is never taken for a whole one.
  const partial = mkdtempSync(path.join(cache(), `${version}-`));
  const artifact = `org.verapdf.apps:cli:${version}`;
  const { status, error, stdout } = spawnSync(
    'mvn',
    ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${partial}`],
    { encoding: 'utf8' },
  );
  try {
    if (error) throw new Error('veraPDF comes through Maven: apt-get install maven');
    if (status !== 0) throw new Error(`Maven could not fetch veraPDF ${version}: ${stdout.slice(-600)}`);
    renameSync(path.join(partial, name), jar);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return jar;
}

interface Report {
  readonly report: {
    readonly jobs: readonly {
      readonly itemDetails: { readonly name: string };
      readonly validationResult?: readonly {
        readonly compliant: boolean;
        readonly details: { readonly passedChecks: number; readonly ruleSummaries: readonly Rule[] };
      }[];
    }[];
  };
}
interface Rule {
  readonly clause: string;
  readonly testNumber: number;
  readonly description: string;
}

/** What the validator says of one file: conforming, or which clauses of PDF/UA-1 it fails. */
export interface Verdict {
  readonly conforms: boolean;
  readonly checks: number;
  readonly failed: readonly string[];
}

/** Judges files against PDF/UA-1, all in one run of Java. By the name of the file. */
export function againstPdfUa(files: readonly string[]): ReadonlyMap<string, Verdict> {
  const run = spawnSync('java', ['-jar', veraPdfJar(), '--flavour', 'ua1', '--format', 'json', '--maxfailuresdisplayed', '1', ...files], {
    ...{ encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  });
  // 1: at least one file does not conform, which is an answer too.
  if (run.status !== 0 && run.status !== 1) throw new Error(`veraPDF ended with ${run.status}: ${run.stderr.slice(-600)}`);
  const { jobs } = (JSON.parse(run.stdout) as Report).report;
  return new Map(
    jobs.map(({ itemDetails, validationResult: [result] = [] }) => [
      path.basename(itemDetails.name),
      {
        conforms: result?.compliant === true,
        checks: result?.details.passedChecks ?? 0,
        failed: (result?.details.ruleSummaries ?? []).map((rule) => `${rule.clause}-${rule.testNumber}: ${rule.description}`),
      },
    ]),
  );
}
