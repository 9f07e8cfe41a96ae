import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { LongText } from '../ui/fields';
import { Badge } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import { Shown } from '../ui/screen';
import { REFERRAL_PATHS } from './actions';
import type { Clarification, ReferralView } from './answers';
import { asItStands, ENDED } from './referral-parts';
import { referralStrings } from './strings';

const LONGEST = 2000;

/** Questions without identity, and their answers: words that lie in the vault. */
export function Clarifications({ view, record }: { readonly view: ReferralView; readonly record: Versioned }): ReactNode {
  const say = useText(referralStrings);
  const read = useRead<{ items: readonly Clarification[] }>('/api/referrals/{handle}/clarifications', {
    params: { handle: view.handle },
    lively: true,
  });
  const open = !ENDED.includes(view.status);
  const asks = open && view.side === 'receiver' && view.status === 'UnderReview';
  const answers = open && view.side === 'sender' && view.unanswered > 0;
  return (
    <section className="rc-card" aria-labelledby="questions">
      <h2 id="questions">{say('clarifications.title')}</h2>
      <Shown of={read}>
        {({ data }) =>
          data.items.length === 0 ? (
            <p>{say('clarifications.none')}</p>
          ) : (
            <ol>
              {data.items.map(({ number, question, answer }) => (
                <li key={number}>
                  <p>
                    <strong>{question}</strong>
                  </p>
                  <p>{answer ?? <Badge tone="warn">{say('clarifications.waiting')}</Badge>}</p>
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      {asks ? <Ask record={record} /> : null}
      {answers ? <AnswerForm record={record} /> : null}
    </section>
  );
}

function Ask({ record }: { readonly record: Versioned }): ReactNode {
  const say = useText(referralStrings);
  return (
    <RecordForm<'/api/referrals/{handle}/clarifications', { question: string }>
      path="/api/referrals/{handle}/clarifications"
      params={record.params}
      record={record}
      initial={{ question: '' }}
      body={(values) => values}
      refresh={REFERRAL_PATHS}
      submit={say('clarifications.ask')}
      kind="second"
      yours={({ question }) => <p>{question}</p>}
      theirs={asItStands}
      onDone={() => undefined}
    >
      {(form) => (
        <LongText
          form={form}
          name="question"
          label={say('clarifications.question')}
          hint={say('clarifications.hint')}
          maxLength={LONGEST}
        />
      )}
    </RecordForm>
  );
}

function AnswerForm({ record }: { readonly record: Versioned }): ReactNode {
  const say = useText(referralStrings);
  return (
    <RecordForm<'/api/referrals/{handle}/clarifications/answers', { answer: string }>
      path="/api/referrals/{handle}/clarifications/answers"
      params={record.params}
      record={record}
      initial={{ answer: '' }}
      body={(values) => values}
      refresh={REFERRAL_PATHS}
      submit={say('clarifications.send')}
      yours={({ answer }) => <p>{answer}</p>}
      theirs={asItStands}
      onDone={() => undefined}
    >
      {(form) => (
        <LongText form={form} name="answer" label={say('clarifications.answer')} hint={say('clarifications.hint')} maxLength={LONGEST} />
      )}
    </RecordForm>
  );
}
