import { useEffect, useState } from 'react';

const inAddress = (): string => decodeURIComponent(location.hash.slice(1));

/**
 * What stands after the hash of the address, taken out of it at once: no server log has it, and neither has the history afterwards.
 * Opened again in the same tab, the later one counts.
 */
export function useFragment(): string {
  const [fragment, setFragment] = useState(inAddress);
  useEffect(() => {
    const take = (): void => {
      if (location.hash === '') return;
      setFragment(inAddress());
      history.replaceState(history.state, '', location.pathname + location.search);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return fragment;
}
