import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useText } from '../text/strings';
import { LongText, Select } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { CASE_PATHS } from './case-actions';
import type { ConsentLine } from './case-answers';
import { consentStrings } from './consent-strings';

interface Props {
  readonly consent: ConsentLine;
  readonly onDone: () => void;
}
const REASONS = ['person_asked', 'given_by_mistake', 'no_longer_free', 'other'] as const;

/** A consent has no route of its own: its version stands in the list, so there is nothing to compare with after a 412 but the list itself. */
export function AnswerConsent({ consent: { handle, etag }, onDone }: Props): ReactNode {
  const page = useText(consentStrings);
  const record = { etag, path: '/api/cases/{handle}/access', params: {} } as const;
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
        onDone={onDone}
      />
    </>
  );
}

export function WithdrawConsent({ consent: { handle, etag }, onDone }: Props): ReactNode {
  const page = useText(consentStrings);
  return (
    <>
      <p>{page('consents.withdrawText')}</p>
      <RecordForm<'/api/consents/{handle}/withdrawal', { reason: string }>
        path="/api/consents/{handle}/withdrawal"
        params={{ handle }}
        record={{ etag, path: '/api/cases/{handle}/access', params: {} }}
        initial={{ reason: 'person_asked' }}
        body={(values) => values as BodyOf<'/api/consents/{handle}/withdrawal'>}
        refresh={CASE_PATHS}
        submit={page('consents.withdraw')}
        kind="danger"
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
