import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One call of the command line of Docker. @throws Error with its own words */
export async function docker(...words: string[]): Promise<string> {
  try {
    const { stdout } = await run('docker', words, { maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new Error(`docker ${words[0] ?? ''} failed: ${`${stdout}\n${stderr}`.trim().slice(-3000)}`);
  }
}

/** Why no container can be run here; undefined where one can. */
export async function withoutDocker(): Promise<string | undefined> {
  try {
    await docker('version', '--format', '{{.Server.Version}}');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A long one, whose lines are shown as they come. */
export async function dockerShown(...words: string[]): Promise<void> {
  const child = spawn('docker', words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`docker ${words[0] ?? ''} ended with ${String(code)}`);
}
