import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Select } from '../ui/fields';
import { Notice } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import type { CaseAccess } from './case-answers';
import { pageStrings } from './page-strings';
import { ThisCase } from './this-case';

const REASONS = ['person_returned', 'new_exploitation', 'closed_in_error', 'other'] as const;
type Reopening = '/api/cases/{handle}/reopening';

/** A closed case goes on from where it was, on a consent or an act of after its closing. Which are newer the server knows. */
export function ReopenForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const codes = useCodes();
  const directory = useDirectory();
  const { handle = '' } = record.params;
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle } });
  const { consents = [], legalBases = [] } = access.data?.data ?? {};
  const choices = [
    ...consents.filter(({ status }) => status === 'Given').map((one) => ({ kind: 'consent', words: page('do.reopenConsent'), ...one })),
    ...legalBases
      .filter(({ status }) => status === 'Recorded')
      .map((one) => ({ ...one, words: page('do.reopenAct'), kind: 'legal_basis' })),
  ].map((one) => ({
    value: `${one.kind} ${one.handle}`,
    label: `${one.words}: ${directory.name(one.recipient)}, ${codes.label('purpose', one.purpose)}`,
  }));
  if (access.data && choices.length === 0) return <Notice tone="warn" title={page('do.reopenNone')} />;
  return (
    <RecordForm<Reopening, { reason: string; basis: string }>
      path="/api/cases/{handle}/reopening"
      params={record.params}
      record={record}
      initial={{ reason: '', basis: '' }}
      body={({ reason, basis }) => {
        const [kind, ref] = basis.split(' ');
        return { reason, basis: { kind, ref } } as BodyOf<Reopening>;
      }}
      refresh={CASE_PATHS}
      submit={page('do.reopen')}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <Select
            form={form}
            name="reason"
            label={page('do.closeReason')}
            choices={REASONS.map((value) => ({ value, label: page(`do.reopenReasons.${value}`) }))}
          />
          <Select form={form} name="basis" label={page('do.reopenBasis')} hint={page('do.reopenHint')} choices={choices} />
        </>
      )}
    </RecordForm>
  );
}
