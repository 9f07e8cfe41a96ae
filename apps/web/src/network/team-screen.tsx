import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Act, type DialogAct, DialogActs, ReasonAct } from '../ui/acts';
import { Badge, Facts } from '../ui/notice';
import type { Versioned } from '../ui/record-form';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { TeamView } from './answers';
import { Meetings } from './meetings';
import './refusals';
import { teamRoute } from './routes';
import { AddForm, People, TEAM_PATHS } from './seats';
import { Leader, TeamBadge } from './teams-screen';
import { teamStrings } from './team-strings';

const DISSOLUTIONS = ['task_done', 'project_ended', 'too_few_members', 'safeguarding'] as const;
const theirs = (now: unknown): ReactNode => <TeamBadge status={(now as TeamView).status} />;

/** One team: its people, what it still lacks, its meetings. */
export function TeamScreen(): ReactNode {
  const say = useText(teamStrings);
  const { team } = teamRoute.useParams();
  const read = useRead<TeamView>('/api/teams/{team}', { params: { team } });
  return (
    <Screen title={read.data?.data.designation ?? ''} neutral={say('neutral')} aside={<Link to="/squadre">{say('back')}</Link>}>
      <AtLeast level={2}>
        <Shown of={read}>{({ data, etag }) => <Whole of={data} record={{ path: '/api/teams/{team}', params: { team }, etag }} />}</Shown>
      </AtLeast>
    </Screen>
  );
}

interface Props {
  readonly of: TeamView;
  readonly record: Versioned;
}

function Whole({ of, record }: Props): ReactNode {
  const say = useText(teamStrings);
  const { label } = useCodes();
  const { data: me } = useMe();
  const coordinates = rolesOf(me?.data).includes('coordinator');
  const leads = coordinates && me?.data.organisation === of.organisation;
  const sits = me?.data.teams.some(({ team }) => team === of.team) ?? false;
  const open = of.status !== 'Dissolved';
  return (
    <>
      <Facts
        of={[
          [say('status'), <TeamBadge key="status" status={of.status} />],
          [say('kind'), say(`kinds.${of.kind}`)],
          [say('leads'), <Leader key="leads" of={of.organisation} />],
          [say('region'), label('region', of.leadRegion)],
        ]}
      />
      {of.status === 'Proposed' ? <Needs of={of} /> : null}
      <People of={of} record={record} removes={open && (leads || (coordinates && sits))} />
      {open && (leads || (coordinates && sits)) ? (
        <section aria-labelledby="acts" className="rc-card">
          <h2 id="acts">{say('act')}</h2>
          {leads && of.status === 'Proposed' ? (
            <Act path="/api/teams/{team}/constitution" {...{ record, refresh: TEAM_PATHS, label: say('constitute'), theirs }} />
          ) : null}
          <DialogActs acts={[addAct(say, of, record), ...(leads && of.status === 'Constituted' ? [dissolveAct(say, record)] : [])]} />
        </section>
      ) : null}
      <Meetings of={of} record={record} records={sits && of.status === 'Constituted'} />
    </>
  );
}

type Say = ReturnType<typeof useText<(typeof teamStrings)['it']>>;

const addAct = (say: Say, of: TeamView, record: Versioned): DialogAct => ({
  ...{ key: 'add', label: say('add'), title: say('add'), kind: 'second' },
  form: (onDone) => <AddForm of={of} record={record} onDone={onDone} />,
});
const dissolveAct = (say: Say, record: Versioned): DialogAct => ({
  ...{ key: 'dissolve', label: say('dissolve'), title: say('dissolve'), kind: 'danger' },
  form: (onDone) => (
    <>
      <p>{say('dissolveText')}</p>
      <ReasonAct
        path="/api/teams/{team}/dissolution"
        {...{ record, refresh: TEAM_PATHS, theirs, onDone, label: say('dissolveReason'), submit: say('dissolve') }}
        choices={DISSOLUTIONS.map((value) => ({ value, label: say(`dissolutions.${value}`) }))}
      />
    </>
  ),
});

/** What the rule asks of a team before it counts: told beforehand, decided by the server. */
function Needs({ of: { kind, seats } }: { readonly of: TeamView }): ReactNode {
  const say = useText(teamStrings);
  const { organisations } = useDirectory();
  const sectors = seats.map((seat) => organisations.find(({ organisation }) => organisation === seat.organisation)?.sector);
  const several = (values: readonly string[]): boolean => new Set(values).size >= 2;
  const needs = [
    ['disciplines', several(seats.map(({ discipline }) => discipline))],
    ['public', sectors.includes('public')],
    ['social', sectors.includes('private_social')],
    ...(kind === 'interregional' ? [['regions', several(seats.map(({ region }) => region))] as const] : []),
  ] as const;
  return (
    <section aria-labelledby="needs" className="rc-card">
      <h2 id="needs">{say('needs')}</h2>
      <ul>
        {needs.map(([need, met]) => (
          <li key={need}>
            {say(`need.${need}`)} <Badge tone={met ? 'good' : 'warn'}>{say(met ? 'there' : 'missing')}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
