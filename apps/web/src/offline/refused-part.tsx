import type { ReactNode } from 'react';
import '../cases/refusals';
import { useLanguage } from '../text/language';
import { refusalWords } from '../text/refusals';
import { useText } from '../text/strings';
import { Actions, Button, ButtonLink } from '../ui/button';
import { Notice } from '../ui/notice';
import type { OpenLocker } from './locker';
import { type Kept, note } from './outbox';
import { sendWaiting } from './sending';
import { decisionStrings } from './decision-strings';
import { offlineStrings } from './strings';

type Next = keyof typeof decisionStrings.it.refused;
/** What a person can do next depends on what kind of no it was. */
const NEXT: Readonly<Record<number, Next>> = { 400: 'data', 403: 'right', 404: 'gone', 409: 'rule', 413: 'data', 415: 'data' };

/** The service said no: why, as far as it said, and what to do next. What was written stays until somebody discards it. */
export function RefusedPart({ locker, item }: { readonly locker: OpenLocker; readonly item: Kept }): ReactNode {
  const say = useText(offlineStrings);
  const decide = useText(decisionStrings);
  const language = useLanguage();
  const next = NEXT[item.status ?? 0] ?? 'other';
  // Words for a code are about a rule; what is forbidden is said here.
  const known = next === 'rule' && item.code !== undefined ? refusalWords(item.code, language) : undefined;
  const send = async (): Promise<void> => {
    await note(locker, { ...item, state: 'waiting' });
    await sendWaiting(locker);
  };
  return (
    <Notice tone="warn" title={say('waiting.refused')}>
      {known === undefined ? null : <p>{known}</p>}
      <p>{decide(`refused.${next}`)}</p>
      {language === 'en' && next === 'other' && item.detail ? <p>{item.detail}</p> : null}
      <Actions>
        {next === 'rule' && item.params.handle !== undefined ? (
          <ButtonLink to="/casi/$handle" params={{ handle: item.params.handle }}>
            {decide('toCase')}
          </ButtonLink>
        ) : null}
        <Button kind="second" onClick={() => void send()}>
          {say('waiting.again')}
        </Button>
      </Actions>
    </Notice>
  );
}
