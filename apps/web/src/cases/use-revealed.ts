import { useEffect, useRef, useState } from 'react';

/** Milliseconds a value that was opened stays on a screen that somebody else may look at. */
const CLOSES_AFTER = 60_000;

/** A minute after something was opened, however often the page around it is drawn anew. Nothing while there is nothing. */
export function useGoneAfterAMinute(shown: unknown, onGone: () => void): void {
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(() => gone.current(), CLOSES_AFTER);
    return () => clearTimeout(timer);
  }, [shown]);
}

/**
 * A value of the vault that was opened, and how to show one. It is gone again after a minute.
 * @param onGone closes what shows it
 */
export function useRevealed(onGone: () => void): readonly [string | undefined, (value: string) => void] {
  const [value, setValue] = useState<string>();
  useGoneAfterAMinute(value, onGone);
  return [value, setValue];
}
