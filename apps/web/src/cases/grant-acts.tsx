import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeChoices } from '../ui/code-fields';
import { Select, TextField } from '../ui/fields';
import { Facts } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import type { FieldGroup } from './answers';
import { CASE_PATHS } from './case-actions';
import type { CaseAccess, GrantLine } from './case-answers';
import { grantStrings } from './grant-strings';
import { ThisCase } from './this-case';

interface Props {
  /** The case, at the version on the screen. */
  readonly record: Versioned;
  readonly grant: GrantLine;
  /** Everybody this grant names: one line of the list is one person. */
  readonly members: readonly string[];
  readonly onDone: () => void;
}
const ACTS = ['renew', 'narrow', 'revoke'] as const;
const [RENEWALS, REVOCATIONS, UNSHARINGS] = [
  ['service_continues', 'joint_work_continues', 'proceedings_continue'] as const,
  ['no_longer_needed', 'member_left', 'granted_by_mistake'] as const,
  ['no_longer_needed', 'person_asked'] as const,
];

/** A team's view ends where the case is taken out of it; an access of people is extended, narrowed or revoked. */
export default function GrantActs(props: Props): ReactNode {
  const say = useText(grantStrings);
  const { record, grant, onDone } = props;
  const [act, setAct] = useState<(typeof ACTS)[number]>();
  if (grant.team !== null) return <Unshare {...{ record, team: grant.team, onDone }} />;
  const Form = act && { renew: Renew, narrow: Narrow, revoke: Revoke }[act];
  return (
    <>
      <Actions>
        {ACTS.map((one) => (
          <Button key={one} kind={one === act ? 'first' : 'second'} aria-pressed={one === act} onClick={() => setAct(one)}>
            {say(one)}
          </Button>
        ))}
      </Actions>
      {Form ? <Form {...props} /> : null}
    </>
  );
}

function Unshare({ record, team, onDone }: Pick<Props, 'record' | 'onDone'> & { readonly team: string }): ReactNode {
  const say = useText(grantStrings);
  return (
    <>
      <p>{say('unshareText')}</p>
      <RecordForm<'/api/cases/{handle}/unsharing', { reason: string }>
        path="/api/cases/{handle}/unsharing"
        params={record.params}
        record={record}
        initial={{ reason: '' }}
        body={({ reason }) => ({ team, reason }) as BodyOf<'/api/cases/{handle}/unsharing'>}
        refresh={CASE_PATHS}
        submit={say('unshare')}
        kind="danger"
        theirs={(now) => <ThisCase now={now} />}
        onDone={onDone}
      >
        {(form) => (
          <Select
            form={form}
            name="reason"
            label={say('why')}
            choices={UNSHARINGS.map((value) => ({ value, label: say(`unsharings.${value}`) }))}
          />
        )}
      </RecordForm>
    </>
  );
}

/** A grant has no route of its own: it is found again in the list it came from. */
const grantRecord = ({ record, grant }: Props): Versioned => ({
  path: '/api/cases/{handle}/access',
  params: record.params,
  etag: grant.etag,
});
/** The day somebody gave, as an instant; the one that stood there as it was. */
const instantOf = (until: string, grant: GrantLine): string =>
  until === grant.expires.slice(0, 10) ? grant.expires : `${until}T22:00:00.000Z`;

function Now({ of, handle }: { readonly of: unknown; readonly handle: string }): ReactNode {
  const say = useText(grantStrings);
  const codes = useCodes();
  const { day } = useDates();
  const now = (of as CaseAccess).grants.find((one) => one.handle === handle);
  if (!now) return null;
  return (
    <Facts
      of={[
        [say('groups'), now.groups.map((group) => codes.label('field-group', group)).join(', ')],
        [say('until'), day(now.expires)],
      ]}
    />
  );
}

function Renew(props: Props): ReactNode {
  const { grant, onDone } = props;
  const say = useText(grantStrings);
  const { day } = useDates();
  return (
    <RecordForm<'/api/grants/{handle}/renewal', { expires: string; reason: string }>
      path="/api/grants/{handle}/renewal"
      params={{ handle: grant.handle }}
      record={grantRecord(props)}
      initial={{ expires: '', reason: '' }}
      body={({ expires, reason }) => ({ expires: instantOf(expires, grant), reason }) as BodyOf<'/api/grants/{handle}/renewal'>}
      refresh={CASE_PATHS}
      submit={say('renew')}
      yours={({ expires }) => <p>{day(expires)}</p>}
      theirs={(now) => <Now of={now} handle={grant.handle} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('renewText')}</p>
          <TextField form={form} name="expires" label={say('until')} type="date" min={grant.expires.slice(0, 10)} />
          <Select
            form={form}
            name="reason"
            label={say('why')}
            choices={RENEWALS.map((value) => ({ value, label: say(`renewals.${value}`) }))}
          />
        </>
      )}
    </RecordForm>
  );
}

function Narrow(props: Props): ReactNode {
  const { grant, members, onDone } = props;
  const say = useText(grantStrings);
  const codes = useCodes();
  return (
    <RecordForm<'/api/grants/{handle}/narrowing', { groups: FieldGroup[]; expires: string }>
      path="/api/grants/{handle}/narrowing"
      params={{ handle: grant.handle }}
      record={grantRecord(props)}
      initial={{ groups: [...grant.groups], expires: grant.expires.slice(0, 10) }}
      body={({ groups, expires }) => ({ groups, members: [...members], expires: instantOf(expires, grant) })}
      refresh={CASE_PATHS}
      submit={say('narrow')}
      yours={({ groups }) => <p>{groups.map((group) => codes.label('field-group', group)).join(', ')}</p>}
      theirs={(now) => <Now of={now} handle={grant.handle} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <p>{say('narrowText')}</p>
          <CodeChoices form={form} name="groups" label={say('groups')} list="field-group" only={grant.groups} />
          <TextField form={form} name="expires" label={say('until')} type="date" max={grant.expires.slice(0, 10)} />
        </>
      )}
    </RecordForm>
  );
}

function Revoke(props: Props): ReactNode {
  const { grant, onDone } = props;
  const say = useText(grantStrings);
  return (
    <>
      <p>{say('revokeText')}</p>
      <RecordForm<'/api/grants/{handle}/revocation', { reason: string }>
        path="/api/grants/{handle}/revocation"
        params={{ handle: grant.handle }}
        record={grantRecord(props)}
        initial={{ reason: '' }}
        body={(values) => values as BodyOf<'/api/grants/{handle}/revocation'>}
        refresh={CASE_PATHS}
        submit={say('revoke')}
        kind="danger"
        theirs={(now) => <Now of={now} handle={grant.handle} />}
        onDone={onDone}
      >
        {(form) => (
          <Select
            form={form}
            name="reason"
            label={say('why')}
            choices={REVOCATIONS.map((value) => ({ value, label: say(`revocations.${value}`) }))}
          />
        )}
      </RecordForm>
    </>
  );
}
