import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { get } from '../api/client';
import { useChange, useRefresh } from '../api/query';
import { useDates } from '../text/dates';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ProblemNotice } from '../ui/problem';
import { useModelName } from './model-state';
import { cancellationOf, type Context, listOf, percentOf, type Rebuild, rebuildOf, type RebuildProgress } from './system-answers';
import { systemStrings } from './system-strings';

/** How often its progress is asked for, without keeping the session alive. */
const LOOK = 1000;
/** Said aloud at each quarter: more often would drown everything else. */
const QUARTER = 25;

interface Props {
  readonly context: Context;
  readonly name: string;
  /** As the list told it. */
  readonly known: RebuildProgress;
  readonly announce: (words: string) => void;
}

/** One that runs, wherever it was begun: it is found again by whoever comes back. */
export function RebuildRunning({ context, name, known, announce }: Props): ReactNode {
  const say = useText(systemStrings);
  const { instant } = useDates();
  const { number } = useNumbers();
  const of = useModelName()(name);
  const { rebuild, error } = useProgress(context, name, known, announce);
  const stop = useChange(cancellationOf(context), [listOf(context)]);
  const percent = percentOf(rebuild);
  const bar = say('bar', { of });
  const ending = rebuild.cancelling || stop.isPending;
  return (
    <>
      {percent === undefined ? (
        <>
          <progress className="rc-progress" aria-label={bar} />
          <p>{say('progressUnknown', { done: number(rebuild.applied) })}</p>
        </>
      ) : (
        <>
          <progress className="rc-progress" aria-label={bar} max={Math.max(1, rebuild.total ?? 1)} value={rebuild.applied} />
          <p>{say('progress', { done: number(rebuild.applied), of: number(rebuild.total ?? 0), percent })}</p>
        </>
      )}
      <p className="rc-soft">{error ? say('away') : say('since', { at: instant(rebuild.startedAt) })}</p>
      <ProblemNotice error={stop.error} words={{ 'projection.not-rebuilding': say('problem.over') }} />
      <Actions>
        <Button
          kind="second"
          aria-label={ending ? undefined : say('stopOf', { of })}
          aria-disabled={ending}
          onClick={() => (ending ? undefined : stop.mutate({ params: { name } }))}
        >
          {say(ending ? 'stopping' : 'stop')}
        </Button>
      </Actions>
    </>
  );
}

/** Asks how far it is until it has ended; then the list is read again, which says how. */
function useProgress(context: Context, name: string, known: RebuildProgress, announce: Props['announce']) {
  const say = useText(systemStrings);
  const of = useModelName()(name);
  const read = useRefresh();
  const path = rebuildOf(context);
  const { data, error } = useQuery({
    queryKey: [path, { name }],
    queryFn: ({ signal }) => get<Rebuild>(path, { params: { name }, passive: true, signal }),
    refetchInterval: LOOK,
    // What an earlier one left here would be over at once.
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const rebuild = data?.data.rebuild ?? known;
  const { state } = rebuild;
  const quarter = Math.floor((percentOf(rebuild) ?? 0) / QUARTER);
  const told = useRef(quarter);
  useEffect(() => {
    if (state !== 'running') void read(listOf(context));
  }, [state]);
  useEffect(() => {
    if (state !== 'running' || quarter <= told.current) return;
    told.current = quarter;
    announce(say('said.at', { of, percent: quarter * QUARTER }));
  }, [quarter]);
  return { rebuild, error };
}

export function useNumbers(): { readonly number: (n: number) => string } {
  const language = useLanguage();
  return { number: (n) => n.toLocaleString(language === 'it' ? 'it-IT' : 'en-GB') };
}
