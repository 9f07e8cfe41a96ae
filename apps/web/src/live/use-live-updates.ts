import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from './change-stream';
import { LIVE_CONTEXTS, type LiveContext } from './contexts';
import { type LiveState, liveStates, setLive } from './live-state';
import { readAgain } from './told';

/** Shared by the tabs of one browser, which has six connections to a server: one tab follows and tells the others. */
const NAME = 'rete-novita';
/** A stream ends every ten minutes and comes back after three seconds: nobody need hear of that. */
const GRACE = 8_000;
/** What one command does arrives in several pieces. */
const GATHER = 250;

type Word =
  | { readonly kind: 'changed'; readonly context: LiveContext }
  | { readonly kind: 'state'; readonly context: LiveContext; readonly state: LiveState }
  | { readonly kind: 'ask' };

/** Keeps what the page shows as others change it. */
export function useLiveUpdates(contexts: readonly LiveContext[]): void {
  const client = useQueryClient();
  const followed = contexts.join();
  useEffect(() => {
    const wanted = LIVE_CONTEXTS.filter((context) => followed.split(',').includes(context));
    if (wanted.length === 0) return;
    const gathering = new Map<LiveContext, ReturnType<typeof setTimeout>>();
    const hear = (context: LiveContext): void => {
      clearTimeout(gathering.get(context));
      gathering.set(
        context,
        setTimeout(() => readAgain(client, context), GATHER),
      );
    };
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.kind === 'changed') hear(data.context);
      if (data.kind === 'state') setLive(data.context, data.state);
    };
    channel.postMessage({ kind: 'ask' } satisfies Word);
    const ending = new AbortController();
    const lead = (): Promise<void> =>
      new Promise((resolve) => {
        const stop = follow(wanted, channel, hear);
        ending.signal.addEventListener('abort', () => {
          stop();
          resolve();
        });
      });
    // Without locks (an old browser, or no TLS) each tab follows for itself.
    if ('locks' in navigator) navigator.locks.request(NAME, { signal: ending.signal }, lead).catch(() => undefined);
    else void lead();
    return () => {
      ending.abort();
      channel.close();
      for (const timer of gathering.values()) clearTimeout(timer);
      for (const context of wanted) setLive(context, 'off');
    };
  }, [client, followed]);
}

/** Follows on behalf of every tab. */
function follow(contexts: readonly LiveContext[], channel: BroadcastChannel, hear: (context: LiveContext) => void): () => void {
  const stops = contexts.map((context) => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    const tell = (state: LiveState): void => {
      setLive(context, state);
      channel.postMessage({ kind: 'state', context, state } satisfies Word);
    };
    const late = (): void => void (silence ??= setTimeout(() => tell('interrupted'), GRACE));
    late();
    const stop = followChanges(context, {
      onChange: () => {
        hear(context);
        channel.postMessage({ kind: 'changed', context } satisfies Word);
      },
      onConnected: (connected) => {
        if (!connected) return late();
        clearTimeout(silence);
        silence = undefined;
        tell('live');
      },
    });
    return () => {
      clearTimeout(silence);
      stop();
    };
  });
  const onAsk = ({ data }: MessageEvent<Word>): void => {
    if (data.kind !== 'ask') return;
    for (const [context, state] of Object.entries(liveStates()) as [LiveContext, LiveState][])
      channel.postMessage({ kind: 'state', context, state } satisfies Word);
  };
  channel.addEventListener('message', onAsk);
  return () => {
    channel.removeEventListener('message', onAsk);
    for (const stop of stops) stop();
  };
}
