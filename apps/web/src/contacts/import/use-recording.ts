import { useEffect, useRef, useState } from 'react';
import { useChange, useRefresh } from '../../api/query';
import type { Imported, SheetFault } from '../answers';
import { inParts, partOf } from './columns';
import type { OwnSheet } from './sheet-file';
import type { Trial } from './use-trial';

const ROWS = '/api/contacts/sheets/rows';
/** As many as the server records at once. */
const AT_ONCE = 50;

export interface Progress {
  readonly state: 'running' | 'stopping' | 'stopped' | 'done';
  readonly done: number;
  readonly of: number;
  readonly recorded: number;
  readonly refused: readonly SheetFault[];
  /** By which what is recorded can be undone. */
  readonly import?: string;
  /** What stopped it, where nobody did. */
  readonly error?: unknown;
}

/** Records a sheet piece by piece. It stops between two pieces, and goes on where it stopped: after a fault as after a wish. */
export function useRecording(sheet: OwnSheet | undefined, trial: Trial | undefined) {
  const record = useChange<typeof ROWS, Imported>(ROWS);
  const refresh = useRefresh();
  const [progress, setProgress] = useState<Progress>();
  const stop = useRef(false);
  useEffect(() => {
    stop.current = false;
    return () => void (stop.current = true);
  }, []);
  useLeaving(progress?.state === 'running' || progress?.state === 'stopping');

  const run = async (): Promise<void> => {
    if (!sheet || !trial) return;
    const { good, columns } = trial;
    let now: Progress = { done: 0, recorded: 0, refused: [], ...progress, of: good.length, state: 'running', error: undefined };
    stop.current = false;
    setProgress(now);
    try {
      for (const part of inParts(good.slice(now.done), AT_ONCE, columns)) {
        const body = { ...partOf(part, columns), digest: sheet.digest, from: part[0]?.row ?? 0 };
        const { data } = await record.mutateAsync({ body });
        now = {
          ...now,
          import: data.import,
          done: now.done + part.length,
          recorded: now.recorded + data.recorded,
          refused: [...now.refused, ...data.refused],
        };
        setProgress((shown) => ({ ...now, state: shown?.state ?? now.state }));
        if (stop.current) break;
      }
      setProgress({ ...now, state: now.done < now.of ? 'stopped' : 'done' });
    } catch (error) {
      setProgress({ ...now, state: 'stopped', error });
    }
    await refresh('/api/contacts', '/api/contacts/imports');
  };
  return {
    progress,
    run: () => void run(),
    stop: () => {
      stop.current = true;
      setProgress((now) => now && { ...now, state: 'stopping' });
    },
    /** Leaves the rest as it is. */
    finish: () => setProgress((now) => now && { ...now, state: 'done' }),
    forget: () => setProgress(undefined),
  };
}

/** Whoever closes the page while rows are on their way is asked first. */
function useLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
}
