import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useRead } from '../api/query';
import { useColleagues } from '../people/directory';
import { today, useDates } from '../text/dates';
import { useText } from '../text/strings';
import { DialogActs } from '../ui/acts';
import { Choices } from '../ui/code-fields';
import { LongText, TextField } from '../ui/fields';
import { RecordForm, type Versioned } from '../ui/record-form';
import { Shown } from '../ui/screen';
import { Table } from '../ui/table';
import type { Items, Meeting, TeamView } from './answers';
import { TEAM_PATHS } from './seats';
import { TeamBadge } from './teams-screen';
import { teamStrings } from './team-strings';

const DECISIONS = [
  'strategy_agreed',
  'tasks_assigned',
  'referral_proposed',
  'case_sharing_proposed',
  'outing_proposed',
  'alert_proposed',
  'no_decision',
] as const;
type Decision = (typeof DECISIONS)[number];

interface Props {
  readonly of: TeamView;
  readonly record: Versioned;
}

/** Who met and what was decided, in closed words; the minutes stay in the vault. */
export function Meetings({ of, record, records }: Props & { readonly records: boolean }): ReactNode {
  const say = useText(teamStrings);
  const { day } = useDates();
  const { team } = of;
  const colleagues = useColleagues(team);
  const read = useRead<Items<Meeting>>('/api/teams/{team}/meetings', { params: { team } });
  return (
    <section aria-labelledby="meetings">
      <h2 id="meetings">{say('meetings')}</h2>
      <Shown of={read}>
        {({ data }) =>
          data.items.length === 0 ? (
            <p>{say('noMeetings')}</p>
          ) : (
            <Table
              caption={say('meetingsCaption')}
              rows={data.items}
              keyOf={({ revision }) => String(revision)}
              columns={[
                { title: say('heldOn'), cell: ({ heldOn }) => day(heldOn) },
                {
                  title: say('attendees'),
                  cell: ({ attendees }) => attendees.map((one) => colleagues.name(one) ?? say('unnamed')).join(', '),
                },
                {
                  title: say('decided'),
                  cell: ({ decisions }) => decisions.map((one) => say(`decisions.${one as Decision}`)).join(', ') || '–',
                },
                { title: say('minutes'), cell: ({ minutes }) => (minutes ? say('minutesKept') : '–') },
              ]}
            />
          )
        }
      </Shown>
      {records ? (
        <DialogActs
          acts={[
            {
              ...{ key: 'meeting', label: say('record'), title: say('record'), kind: 'second' },
              form: (onDone) => <MeetingForm of={of} record={record} onDone={onDone} />,
            },
          ]}
        />
      ) : null}
    </section>
  );
}

interface Values {
  readonly heldOn: string;
  readonly attendees: string[];
  readonly decisions: string[];
  readonly minutes: string;
}

function MeetingForm({ of: { team }, record, onDone }: Props & { readonly onDone: () => void }): ReactNode {
  const say = useText(teamStrings);
  const { day } = useDates();
  const { items } = useColleagues(team);
  return (
    <RecordForm<'/api/teams/{team}/meetings', Values>
      path="/api/teams/{team}/meetings"
      params={record.params}
      record={record}
      initial={{ heldOn: today(), attendees: [], decisions: [], minutes: '' }}
      body={({ minutes, ...rest }) => ({ ...rest, ...(minutes === '' ? {} : { minutes }) }) as BodyOf<'/api/teams/{team}/meetings'>}
      refresh={TEAM_PATHS}
      submit={say('record')}
      yours={({ heldOn }) => <p>{day(heldOn)}</p>}
      theirs={(now) => <TeamBadge status={(now as TeamView).status} />}
      onDone={onDone}
    >
      {(form) => (
        <>
          <TextField form={form} name="heldOn" label={say('heldOn')} type="date" max={today()} />
          <Choices
            form={form}
            name="attendees"
            label={say('attendees')}
            choices={items.map(({ member, name }) => ({ value: member, label: name ?? say('unnamed') }))}
          />
          <Choices
            form={form}
            name="decisions"
            label={say('decided')}
            choices={DECISIONS.map((value) => ({ value, label: say(`decisions.${value}`) }))}
          />
          <LongText form={form} name="minutes" label={say('minutes')} hint={say('minutesHint')} maxLength={8000} optional />
        </>
      )}
    </RecordForm>
  );
}
