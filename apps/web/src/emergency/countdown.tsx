import { type ReactNode, useEffect, useState } from 'react';
import { serverNow } from '../session/session';

const SECOND = 1_000;

/** Milliseconds until an instant, by the server's clock, once a second. */
export function useTimeLeft(until: string): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Date.parse(until) - now);
}

/** Minutes and seconds. A timer is read aloud on demand only: a clock that speaks every second helps nobody. */
export function TimeLeft({ ms, words }: { readonly ms: number; readonly words: (time: string) => string }): ReactNode {
  const seconds = Math.ceil(ms / SECOND);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p className="rc-big" role="timer">
      {words(time)}
    </p>
  );
}
