// The verifier runs in a worker of its own: the page stays alive, and the file goes nowhere.
import address from '../../../../../tools/verify/browser?worker&url';

export type Fault = string;
export interface Verification {
  readonly ok: boolean;
  readonly log: string;
  readonly entries: number;
  readonly root: string;
  readonly findings: readonly { readonly code: Fault; readonly index?: number }[];
  readonly unproven: readonly string[];
}
export interface EntryVerification {
  readonly ok: boolean;
  readonly size: number;
}
type Reply = { readonly progress: number } | { readonly result: unknown } | { readonly failed: string };

function ask<T>(question: object, onProgress: (share: number) => void = () => undefined): Promise<T> {
  const worker = new Worker(address, { type: 'module' });
  return new Promise<T>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ('progress' in data) return onProgress(data.progress);
      if ('result' in data) resolve(data.result as T);
      else reject(new Error(data.failed));
    };
    worker.onerror = () => reject(new Error('the verifier did not start'));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

/** @param brought what the verifying person has from elsewhere: nothing of it may come from the bundle */
export const verifyBundle = (
  file: Blob,
  brought: { readonly vkey?: string; readonly outsideCheckpoint?: string },
  onProgress: (share: number) => void,
): Promise<Verification> => ask({ kind: 'bundle', file, brought }, onProgress);

export const verifyEntry = (asked: {
  readonly entry: unknown;
  readonly index: number;
  readonly hashes: readonly string[];
  readonly note: string;
  readonly vkey: string;
}): Promise<EntryVerification> => ask({ kind: 'entry', ...asked });
