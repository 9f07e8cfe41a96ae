import { lazy, type ReactNode, Suspense } from 'react';
import { ApiProblem } from '../api/problem';
import { useLanguage } from '../text/language';
import { refusalWords } from '../text/refusals';
import { useText } from '../text/strings';
import { Button } from './button';
import { Notice } from './notice';
import { uiStrings } from './strings';

// A page of a former version may not find it: what stands beside it must stay.
const RareRefusal = lazy(() =>
  import('./rare-refusal').then(
    (part) => ({ default: part.RareRefusal }),
    () => ({ default: Detail }),
  ),
);
const KeepForLater = lazy(() => import('../offline/keep-for-later').catch(() => ({ default: () => null })));

type Kind = keyof typeof uiStrings.it.problem;

const BY_STATUS: Readonly<Record<number, Kind>> = {
  0: 'offline',
  400: 'invalid',
  401: 'signedOut',
  403: 'forbidden',
  404: 'missing',
  409: 'refused',
  412: 'stale',
  428: 'stale',
  429: 'busy',
  502: 'busy',
  503: 'busy',
};

/** Which words belong to an error. */
const kindOf = (error: unknown): Kind => (error instanceof ApiProblem ? (BY_STATUS[error.status] ?? 'broken') : 'broken');

interface Props {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
  /** Words of a context for its own codes: `{ 'case.minor-belongs-to-msna': '…' }`. */
  readonly words?: Readonly<Record<string, string>>;
}

const Detail = ({ of }: { readonly of: ApiProblem }): ReactNode => <p lang="en">{of.detail}</p>;

/** What went wrong, and what to do next. */
export function ProblemNotice({ error, retry, words }: Props): ReactNode {
  const say = useText(uiStrings);
  const language = useLanguage();
  if (!error) return null;
  const kind = kindOf(error);
  const known = error instanceof ApiProblem ? (words?.[error.code] ?? refusalWords(error.code, language)) : undefined;
  return (
    <Notice tone="danger" title={known ?? say(`problem.${kind}.title`)} urgent>
      {known === undefined ? <p>{say(`problem.${kind}.next`)}</p> : null}
      {error instanceof ApiProblem && (kind === 'refused' || kind === 'invalid') && known === undefined ? (
        <Suspense>
          <RareRefusal of={error} />
        </Suspense>
      ) : null}
      {error instanceof ApiProblem && error.trace !== undefined && (kind === 'broken' || kind === 'busy') ? (
        <p className="rc-soft">{say('code', { trace: error.trace })}</p>
      ) : null}
      {error instanceof ApiProblem && error.unsent ? (
        <Suspense>
          <KeepForLater unsent={error.unsent} />
        </Suspense>
      ) : null}
      {retry ? (
        <Button kind="second" onClick={retry}>
          {say('retry')}
        </Button>
      ) : null}
    </Notice>
  );
}
