import { useIsFetching } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Milliseconds without anything being read: one reading often asks for the next. */
const QUIET = 80;
/** Whoever waits longer sees what there is. */
const LONGEST = 3_000;

/**
 * Whether the first picture is whole. A page that grows while it is read moves what somebody is about to press: as long as parts of it wait for
 * what was asked for, only its heading shows.
 */
export function useWhole(): boolean {
  const reading = useIsFetching() > 0;
  const coming = useRouterState({ select: ({ isLoading }) => isLoading });
  // Without a line nothing comes.
  const [whole, setWhole] = useState(() => !navigator.onLine);
  useEffect(() => {
    const timer = setTimeout(() => setWhole(true), LONGEST);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (whole || reading || coming) return;
    const timer = setTimeout(() => setWhole(true), QUIET);
    return () => clearTimeout(timer);
  }, [whole, reading, coming]);
  return whole;
}
