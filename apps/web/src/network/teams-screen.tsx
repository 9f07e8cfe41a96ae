import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { type Me, rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Badge } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { Items, TeamItem, TeamStatus } from './answers';
import './refusals';
import { teamStrings } from './team-strings';

const KINDS = ['local', 'interregional'] as const;

/** The region's teams; whoever coordinates proposes one for their organisation. */
export function TeamsScreen(): ReactNode {
  const say = useText(teamStrings);
  const { data: me } = useMe();
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      {me ? <Teams me={me.data} /> : null}
      {me ? <TakeAway path="/api/teams" reading={{ query: { region: me.data.region } }} /> : null}
      {rolesOf(me?.data).includes('coordinator') ? (
        <AtLeast level={2}>
          <ProposeForm />
          <ColleagueCodes />
        </AtLeast>
      ) : null}
    </Screen>
  );
}

function Teams({ me }: { readonly me: Me }): ReactNode {
  const say = useText(teamStrings);
  const { label } = useCodes();
  const list = useRead<Items<TeamItem>, '/api/teams'>('/api/teams', { query: { region: me.region } });
  // Who is in a team is told to its people, to the organisation that leads it and to its region's office.
  const reads = ({ team, organisation, leadRegion }: TeamItem): boolean =>
    organisation === me.organisation || me.teams.some((one) => one.team === team) || (me.kind === 'region' && leadRegion === me.region);
  return (
    <Shown of={list}>
      {({ data }) =>
        data.items.length === 0 ? (
          <p>{say('none')}</p>
        ) : (
          <Table
            caption={say('caption', { count: data.items.length })}
            rows={data.items}
            keyOf={({ team }) => team}
            columns={[
              {
                title: say('name'),
                cell: (one) =>
                  reads(one) ? (
                    <Link to="/squadre/$team" params={{ team: one.team }} className="rc-target">
                      {one.designation}
                    </Link>
                  ) : (
                    one.designation
                  ),
              },
              { title: say('kind'), cell: ({ kind }) => say(`kinds.${kind}`) },
              { title: say('leads'), cell: ({ organisation }) => <Leader of={organisation} /> },
              { title: say('region'), cell: ({ leadRegion }) => label('region', leadRegion) },
              { title: say('status'), cell: ({ status }) => <TeamBadge status={status} /> },
            ]}
          />
        )
      }
    </Shown>
  );
}

/** The teams an installation began with are led by no organisation: their coordinators call people in. */
export function Leader({ of }: { readonly of: string }): ReactNode {
  const say = useText(teamStrings);
  const { organisations, name } = useDirectory();
  return organisations.length === 0 || organisations.some(({ organisation }) => organisation === of) ? name(of) : say('ledBySetUp');
}

export function TeamBadge({ status }: { readonly status: TeamStatus }): ReactNode {
  const say = useText(teamStrings);
  return <Badge tone={status === 'Constituted' ? 'good' : status === 'Proposed' ? 'warn' : 'plain'}>{say(`statuses.${status}`)}</Badge>;
}

function ProposeForm(): ReactNode {
  const say = useText(teamStrings);
  const navigate = useNavigate();
  const propose = useChange<'/api/teams', { team: string }>('/api/teams', ['/api/teams']);
  const server = useServerForm({ kind: '', designation: '' }, async (values) => {
    const { data } = await propose.mutateAsync({ body: values as BodyOf<'/api/teams'> });
    await navigate({ to: '/squadre/$team', params: { team: data.team } });
  });
  const { form } = server;
  return (
    <CardForm title={say('propose')} of={server} submit={say('save')}>
      <p>{say('proposeIntro')}</p>
      <TextField form={form} name="designation" label={say('name')} hint={say('nameHint')} maxLength={120} />
      <Select
        form={form}
        name="kind"
        label={say('kind')}
        hint={say('kindHint')}
        choices={KINDS.map((value) => ({ value, label: say(`kinds.${value}`) }))}
      />
    </CardForm>
  );
}

/** What one tells another organisation so that it can call a colleague into its team. */
function ColleagueCodes(): ReactNode {
  const say = useText(teamStrings);
  const { label } = useCodes();
  const { items } = useColleagues();
  return (
    <details className="rc-card">
      <summary className="rc-summary">{say('codes')}</summary>
      <p>{say('codesText')}</p>
      <Table
        caption={say('codes')}
        headed
        rows={items}
        keyOf={({ member }) => member}
        columns={[
          { title: say('person'), cell: ({ name }) => name ?? say('unnamed') },
          { title: say('professions'), cell: ({ disciplines }) => disciplines.map((one) => label('discipline', one)).join(', ') || '–' },
          { title: say('code'), cell: ({ member }) => <code className="rc-handle">{member}</code> },
        ]}
      />
    </details>
  );
}
