import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useCodes } from '../text/codes';
import { today, useDates } from '../text/dates';
import { useText } from '../text/strings';
import { CodeSelect } from '../ui/code-fields';
import { LongText, TextField } from '../ui/fields';
import { Notice } from '../ui/notice';
import { RecordForm } from '../ui/record-form';
import { textOf } from './answers';
import { type ActionProps, CASE_PATHS } from './case-actions';
import { useFieldName } from './field-name';
import { identificationStrings } from './identification-strings';
import { pageStrings } from './page-strings';
import { ThisCase } from './this-case';

/** Each list an assessment was made of leaves something of its own. */
const ASSESSED = ['indicators', 'forcedLabour', 'article603bis'] as const;

type Preliminary = '/api/cases/{handle}/preliminary-identification';

/** Those who help say what the indicators come to: a step of emersion, and no finding. */
export function PreliminaryForm({ view, record, onDone }: ActionProps): ReactNode {
  const say = useText(identificationStrings);
  const shown = view.groups.EXP;
  if (shown?.view === 'full' && !ASSESSED.some((list) => shown[list] !== undefined)) return <Notice tone="warn" title={say('first')} />;
  return (
    <RecordForm<Preliminary, { account: string }>
      path="/api/cases/{handle}/preliminary-identification"
      params={record.params}
      record={record}
      initial={{ account: '' }}
      body={({ account }) => (account.trim() ? { account } : {})}
      refresh={CASE_PATHS}
      submit={say('complete')}
      yours={({ account }) => <p>{account || say('preliminary')}</p>}
      theirs={(now) => <ThisCase now={now} only={['EXP']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('hint')}</p>
          <LongText form={form} name="account" label={say('account')} hint={say('accountHint')} maxLength={8000} optional />
        </>
      )}
    </RecordForm>
  );
}

type Formal = '/api/cases/{handle}/formal-identification';
interface FormalValues {
  readonly on: string;
  readonly decidedBy: string;
  readonly outcome: string;
}

/** What an authority decided, whenever it does. */
export function FormalForm({ view, record, onDone }: ActionProps): ReactNode {
  const say = useText(identificationStrings);
  const page = useText(pageStrings);
  const { label } = useCodes();
  const { day } = useDates();
  const held = view.groups.LEG;
  return (
    <RecordForm<Formal, FormalValues>
      path="/api/cases/{handle}/formal-identification"
      params={record.params}
      record={record}
      initial={{ on: textOf(held?.on) ?? '', decidedBy: textOf(held?.decidedBy) ?? '', outcome: textOf(held?.outcome) ?? '' }}
      body={(values) => values}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={({ on, decidedBy, outcome }) => (
        <p>
          {say('decided', {
            outcome: label('identification-outcome', outcome),
            authority: label('identification-authority', decidedBy),
            day: day(on),
          })}
        </p>
      )}
      theirs={(now) => <ThisCase now={now} only={['LEG']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('waits')}</p>
          <CodeSelect form={form} name="outcome" label={say('outcome')} list="identification-outcome" />
          <CodeSelect form={form} name="decidedBy" label={say('decidedBy')} list="identification-authority" />
          <TextField form={form} name="on" label={say('on')} type="date" max={today()} />
        </>
      )}
    </RecordForm>
  );
}

type Strategy = '/api/cases/{handle}/intake-strategy';
const PARTS = ['territory', 'specifics', 'resources', 'obstacles'] as const;

/** How the team means to go about it: of use where it is read again, so each part has its own field. */
export function StrategyForm({ record, onDone }: ActionProps): ReactNode {
  const say = useText(identificationStrings);
  const page = useText(pageStrings);
  const words = useFieldName();
  return (
    <RecordForm<Strategy, BodyOf<Strategy>>
      path="/api/cases/{handle}/intake-strategy"
      params={record.params}
      record={record}
      initial={{ territory: '', specifics: '', resources: '', obstacles: '' }}
      body={(values) => values}
      refresh={CASE_PATHS}
      submit={page('do.save')}
      yours={(values) => PARTS.map((part) => <p key={part}>{`${words(part)}: ${values[part]}`}</p>)}
      theirs={(now) => <ThisCase now={now} only={['PLAN']} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('team')}</p>
          {PARTS.map((part) => (
            <LongText key={part} form={form} name={part} label={words(part)} maxLength={4000} />
          ))}
        </>
      )}
    </RecordForm>
  );
}
