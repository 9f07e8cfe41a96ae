import { readFileSync } from 'node:fs';
import { verifyBundle } from '@platform/auditing';
import { EXIT, type Output, usage } from './output';

export interface VerifyAsked {
  readonly bundle: string;
  readonly checkpoint?: string;
  readonly vkey?: string;
}

/** Checks an exported trail without any server. The stand-alone verifier says the same in more words. */
export function verifyCommand({ bundle, checkpoint, vkey }: VerifyAsked, output: Output): number {
  const result = verifyBundle(bytesOf(bundle), {
    ...(checkpoint === undefined ? {} : { outsideCheckpoint: bytesOf(checkpoint).toString('utf8') }),
    ...(vkey === undefined ? {} : { vkey: /^[^+\s]+\+[0-9a-f]{8}\+/.test(vkey) ? vkey : bytesOf(vkey).toString('utf8').trim() }),
  });
  const findings = result.findings.map(({ code, index }) => `  - ${code}${index === undefined ? '' : ` (${index})`}`);
  const tail = (heading: string): string => [heading, ...findings, ...result.unproven.map((code) => `  ? ${code}`)].join('\n');
  output.say(
    { ...result, log: harmless(result.log) },
    {
      it: tail(
        `${result.ok ? 'Nessuna alterazione trovata' : 'ALTERATO'}: ${result.entries} voci, radice ${result.root}. «?» = ciò che non è provato.`,
      ),
      en: tail(
        `${result.ok ? 'Nothing was found altered' : 'ALTERED'}: ${result.entries} entries, root ${result.root}. "?" = what is not proven.`,
      ),
    },
  );
  return result.ok ? EXIT.ok : EXIT.no;
}

const harmless = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw usage(`Non si può leggere ${file}.`, `${file} cannot be read.`);
  }
}
