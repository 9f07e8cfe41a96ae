import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useColleagues } from '../people/directory';
import { useText } from '../text/strings';
import { Select } from '../ui/fields';
import { RecordForm } from '../ui/record-form';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { pageStrings } from './page-strings';
import { recusalStrings } from './recusal-strings';
import { ThisCase } from './this-case';

const REASONS = ['family_tie', 'works_for_involved_company', 'prior_involvement', 'person_asked', 'other'] as const;
type Recusal = '/api/cases/{handle}/recusals';

/** Somebody of the team stands back from the case: it is as if it did not exist for them. */
export function RecusalForm({ record, onDone }: ActionProps): ReactNode {
  const page = useText(pageStrings);
  const say = useText(recusalStrings);
  const colleagues = useColleagues();
  return (
    <RecordForm<Recusal, { member: string; reason: string }>
      path="/api/cases/{handle}/recusals"
      params={record.params}
      record={record}
      initial={{ member: '', reason: '' }}
      body={(values) => values as BodyOf<Recusal>}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      kind="danger"
      yours={({ member }) => <p>{colleagues.name(member)}</p>}
      theirs={(now) => <ThisCase now={now} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('hint')}</p>
          <Select
            form={form}
            name="member"
            label={page('do.recuse')}
            choices={colleagues.items.map(({ member, name }) => ({ value: member, label: name ?? '…' }))}
          />
          <Select
            form={form}
            name="reason"
            label={page('do.closeReason')}
            choices={REASONS.map((value) => ({ value, label: say(`reasons.${value}`) }))}
          />
        </>
      )}
    </RecordForm>
  );
}
