import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useText } from '../text/strings';
import { CodeSelect } from '../ui/code-fields';
import { RecordForm, type Versioned } from '../ui/record-form';
import { REFERRAL_PATHS } from './actions';
import { asItStands } from './referral-parts';
import { referralStrings } from './strings';

type Path = '/api/referrals/{handle}/decline' | '/api/referrals/{handle}/return' | '/api/referrals/{handle}/withdrawal';
interface Props {
  readonly path: Path;
  /** Code list the reason is taken from. */
  readonly list: string;
  readonly record: Versioned;
  readonly submit: string;
  readonly onDone: () => void;
}

/** Ends a referral in one of the ways that want a reason. */
export function ReasonForm({ path, list, record, submit, onDone }: Props): ReactNode {
  const say = useText(referralStrings);
  return (
    <RecordForm<Path, { reason: string }>
      path={path}
      params={record.params}
      record={record}
      initial={{ reason: '' }}
      body={(values) => values as BodyOf<Path>}
      refresh={REFERRAL_PATHS}
      submit={submit}
      kind="danger"
      yours={() => <p>{submit}</p>}
      theirs={asItStands}
      onDone={onDone}
    >
      {(form) => <CodeSelect form={form} name="reason" label={say('answer.reason')} list={list} />}
    </RecordForm>
  );
}
