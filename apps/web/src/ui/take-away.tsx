import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { GetPath, QueryOf, Reading } from '../api/client';
import { fetchList, type Form, FORMS, saveFile } from '../api/download';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Actions, Button } from './button';
import { ProblemNotice } from './problem';
import { takeAwayStrings } from './take-away-strings';

interface Props<P extends GetPath> {
  readonly path: P;
  /** The same reading as the list on the screen. */
  readonly reading?: Pick<Reading<P>, 'params' | 'query' | 'purpose'>;
}
interface Piece {
  readonly form: Form;
  readonly n: number;
  readonly after?: string | undefined;
}

/** The list on the screen as a file: asked for by the same route, as whoever looks at it, and on record. A long one comes in parts, until somebody stops it. */
export function TakeAway<P extends GetPath>({ path, reading = {} }: Props<P>): ReactNode {
  const say = useText(takeAwayStrings);
  const language = useLanguage();
  /** The part that is being taken, or from which it goes on after a stop or a fault. */
  const [next, setNext] = useState<Piece>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const part = async ({ form, n, after }: Piece, signal: AbortSignal): Promise<Piece | undefined> => {
    const query = { ...(reading.query as object | undefined), ...(after === undefined ? {} : { after }) } as QueryOf<P>;
    const got = await fetchList(path, form, { ...reading, query, signal }, language);
    saveFile(got.file, n === 1 ? `elenco.${form}` : `elenco-${n}.${form}`);
    return got.next === undefined ? undefined : { form, n: n + 1, after: got.next };
  };
  const take = useMutation({
    mutationFn: async (first: Piece) => {
      const { signal } = (stop.current = new AbortController());
      let piece: Piece | undefined = first;
      try {
        for (; piece !== undefined; piece = await part(piece, signal)) setNext(piece);
      } catch (error) {
        if (!signal.aborted) throw error;
        return say('stopped');
      }
      setNext(undefined);
      return say('done');
    },
  });
  return (
    <details className="rc-card rc-no-print">
      <summary className="rc-summary">{say('title')}</summary>
      <p>{say('text')}</p>
      <ProblemNotice error={take.error} />
      <Actions>
        {(Object.keys(FORMS) as Form[]).map((form) => (
          <Button key={form} kind="second" busy={take.isPending} onClick={() => take.mutate({ form, n: 1 })}>
            {say(`forms.${form}`)}
          </Button>
        ))}
      </Actions>
      <p role="status">{take.isPending && next !== undefined && next.n > 1 ? say('taking', { n: next.n }) : (take.data ?? '')}</p>
      {next === undefined || next.n === 1 ? null : take.isPending ? (
        <Button kind="second" onClick={() => stop.current?.abort()}>
          {say('stop')}
        </Button>
      ) : (
        <Button kind="second" onClick={() => take.mutate(next)}>
          {say('next', { n: next.n })}
        </Button>
      )}
    </details>
  );
}
