import { type ReactNode, useEffect } from 'react';
import { useText } from '../text/strings';
import { sessionStrings } from './strings';
import { get, post, rememberCsrf } from '../api/client';
import type { Session } from './session';

/** Where people end: something anybody might have open. */
export const NEUTRAL_PAGE = 'https://www.meteoam.it/';
/** Three presses of Shift within this time. */
const WITHIN = 2_000;
const PRESSES = 3;
/** Set while nobody knows whether the server has heard that somebody left: it says nothing to whoever looks into the browser. */
const LEFT = 'x';

/**
 * Covers the page at once, ends the session and goes elsewhere, leaving no entry of this page in the history. Earlier pages of ours stay in
 * it, but without a session they show nothing.
 */
export function leaveQuickly(): void {
  const veil = document.createElement('div');
  veil.className = 'rc-exit-veil';
  // A modal dialog lies above everything in the page: the veil goes into it as well.
  (document.querySelector('dialog[open]') ?? document.body).append(veil);
  document.title = 'Meteo';
  sessionStorage.setItem(LEFT, '1');
  // The request outlives the page, and the page does not wait for it.
  void post('/auth/logout', { leaving: true }).catch(() => undefined);
  location.replace(NEUTRAL_PAGE);
}

/**
 * Whoever comes back by the back button may be quicker than the request that ended the session, or that request was lost: then it is ended before
 * anything is shown. Where the server is not reached there is nothing to show either, and it is ended the next time.
 */
export async function finishLeaving(): Promise<void> {
  if (sessionStorage.getItem(LEFT) === null) return;
  try {
    const { data } = await get<Session>('/auth/session', { passive: true });
    if (data.signedIn) {
      rememberCsrf(data.csrf);
      await post('/auth/logout');
    }
    sessionStorage.removeItem(LEFT);
  } catch {
    // not reached
  }
}

export function QuickExitButton(): ReactNode {
  const say = useText(sessionStrings);
  return (
    <button type="button" className="rc-exit rc-no-print" title={say('exitHelp')} onClick={leaveQuickly}>
      {say('exit')}
    </button>
  );
}

/** Shift three times in a row, with no other key between: works wherever the focus is. */
export function useQuickExitKeys(): void {
  useEffect(() => {
    let presses: number[] = [];
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Shift') presses = [];
      else if (!event.repeat) presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
      if (presses.length >= PRESSES) leaveQuickly();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

/** The browser's back button may show a page as it was: without asking anybody whether it still may be seen. */
export function useNoOldPages(): void {
  useEffect(() => {
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) location.reload();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);
}
