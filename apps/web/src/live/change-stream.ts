import type { LiveContext } from './contexts';

export interface Hearing {
  /** Something may have changed: also at the beginning and after a gap, when nobody can say what was missed. */
  readonly onChange: () => void;
  readonly onConnected: (connected: boolean) => void;
}

const PATIENCE = 3_000;
const LONGEST = 60_000;

/**
 * Follows one context until told to stop. After a cut the browser itself comes back with `Last-Event-ID`. After a refusal it gives up for
 * good: then we ask anew, ever more slowly, and the stream begins with `following`, upon which everything is read again.
 */
export function followChanges(context: LiveContext, { onChange, onConnected }: Hearing): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refused = 0;
  const open = (): void => {
    source = new EventSource(`/api/changes/${context}`);
    source.onopen = () => {
      refused = 0;
      onConnected(true);
    };
    source.onerror = () => {
      onConnected(false);
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, Math.min(LONGEST, PATIENCE * 2 ** refused++));
    };
    for (const type of ['following', 'changed', 'reset']) source.addEventListener(type, onChange);
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
