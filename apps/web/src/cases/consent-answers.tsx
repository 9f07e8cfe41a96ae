import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useText } from '../text/strings';
import { LongText, Select } from '../ui/fields';
import { RecordForm, type Versioned } from '../ui/record-form';
import { CASE_PATHS } from './case-actions';
import type { CaseAccess, ConsentLine } from './case-answers';
import { ConsentStatus } from './consent-status';
import { consentStrings } from './consent-strings';

interface Props {
  /** Handle of the case. */
  readonly of: string;
  readonly consent: ConsentLine;
  readonly onDone: () => void;
}
const REASONS = ['person_asked', 'given_by_mistake', 'no_longer_free', 'other'] as const;

/** A consent has no route of its own: how it is now, and its version, stand in the list of its case. */
function recordOf(of: string, { handle, etag }: ConsentLine): Versioned {
  const etagIn = (now: unknown): string | undefined => lineIn(now, handle)?.etag;
  return { etag, path: '/api/cases/{handle}/access', params: { handle: of }, etagIn };
}
const lineIn = (now: unknown, handle: string): ConsentLine | undefined => (now as CaseAccess).consents.find((one) => one.handle === handle);

export function AnswerConsent({ of, consent, onDone }: Props): ReactNode {
  const page = useText(consentStrings);
  const { handle } = consent;
  const record = recordOf(of, consent);
  const theirs = (now: unknown): ReactNode => <ConsentStatus status={lineIn(now, handle)?.status} />;
  return (
    <>
      <RecordForm<'/api/consents/{handle}/giving', { evidence: string }>
        path="/api/consents/{handle}/giving"
        params={{ handle }}
        record={record}
        initial={{ evidence: '' }}
        body={({ evidence }) => (evidence ? { evidence } : {})}
        refresh={CASE_PATHS}
        submit={page('consents.yes')}
        yours={() => <p>{page('consents.yes')}</p>}
        theirs={theirs}
        onDone={onDone}
      >
        {(form) => <LongText form={form} name="evidence" label={page('consents.evidence')} maxLength={2000} optional />}
      </RecordForm>
      <RecordForm<'/api/consents/{handle}/refusal', Record<string, never>>
        path="/api/consents/{handle}/refusal"
        params={{ handle }}
        record={record}
        initial={{}}
        body={() => undefined as never}
        refresh={CASE_PATHS}
        submit={page('consents.no')}
        kind="second"
        yours={() => <p>{page('consents.no')}</p>}
        theirs={theirs}
        onDone={onDone}
      />
    </>
  );
}

export function WithdrawConsent({ of, consent, onDone }: Props): ReactNode {
  const page = useText(consentStrings);
  const { handle } = consent;
  return (
    <>
      <p>{page('consents.withdrawText')}</p>
      <RecordForm<'/api/consents/{handle}/withdrawal', { reason: string }>
        path="/api/consents/{handle}/withdrawal"
        params={{ handle }}
        record={recordOf(of, consent)}
        initial={{ reason: 'person_asked' }}
        body={(values) => values as BodyOf<'/api/consents/{handle}/withdrawal'>}
        refresh={CASE_PATHS}
        submit={page('consents.withdraw')}
        kind="danger"
        yours={() => <p>{page('consents.withdraw')}</p>}
        theirs={(now) => <ConsentStatus status={lineIn(now, handle)?.status} />}
        onDone={onDone}
      >
        {(form) => (
          <Select
            form={form}
            name="reason"
            label={page('consents.withdrawReason')}
            choices={REASONS.map((value) => ({ value, label: page(`consents.reasons.${value}`) }))}
          />
        )}
      </RecordForm>
    </>
  );
}
