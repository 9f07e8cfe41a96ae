import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import type { CaseView } from '../cases/answers';
import { GroupsView } from '../cases/groups-view';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Screen, Shown } from '../ui/screen';
import { teamStrings } from './strings';

interface Shared {
  readonly situations: readonly { readonly link: string; readonly halves: readonly (CaseView & { readonly region: string })[] }[];
}

/** The shared view of each interregional team one sits in: halves of one situation side by side, each under its own region's policy. */
export function SharedViewScreen(): ReactNode {
  const say = useText(teamStrings);
  const me = useMe();
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('rule')}</p>
      <Shown of={me}>
        {({ data }) => {
          const teams = data.teams.filter(({ kind }) => kind === 'interregional');
          if (teams.length === 0) return <p>{say('none')}</p>;
          return teams.map(({ team, designation }) => <TeamView key={team} team={team} designation={designation} />);
        }}
      </Shown>
    </Screen>
  );
}

function TeamView({ team, designation }: { readonly team: string; readonly designation: string }): ReactNode {
  const say = useText(teamStrings);
  const read = useRead<Shared>('/api/teams/{team}/cases', { params: { team }, purpose: 'joint_case', lively: true });
  return (
    <section aria-labelledby={team}>
      <h2 id={team}>{designation}</h2>
      <Shown of={read}>
        {({ data }) =>
          data.situations.length === 0 ? (
            <p>{say('empty')}</p>
          ) : (
            data.situations.map(({ link, halves }, n) => <Situation key={link} n={n + 1} halves={halves} />)
          )
        }
      </Shown>
    </section>
  );
}

function Situation({ n, halves }: { readonly n: number; readonly halves: Shared['situations'][number]['halves'] }): ReactNode {
  const say = useText(teamStrings);
  const codes = useCodes();
  return (
    <section className="rc-card" aria-label={say('situation', { n })}>
      <h3>{say('situation', { n })}</h3>
      <div className="rc-two">
        {halves.map((half) => (
          <section key={half.handle} aria-label={say('half', { region: codes.label('region', half.region) })}>
            <p>
              {say('half', { region: codes.label('region', half.region) })}: <strong>{half.codename}</strong>
            </p>
            <GroupsView level={4} groups={half.groups} />
          </section>
        ))}
      </div>
    </section>
  );
}
