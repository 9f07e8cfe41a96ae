import { useRead } from '../api/query';
import { useMe } from '../session/session';

export interface Organisation {
  readonly organisation: string;
  readonly region: string;
  readonly kind: string;
  readonly sector: string;
  readonly designation: string | null;
  readonly status: string;
}
export interface Team {
  readonly team: string;
  readonly kind: string;
  readonly leadRegion: string;
  readonly designation: string;
  readonly status: string;
}
export interface Colleague {
  readonly member: string;
  readonly organisation: string;
  readonly status: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly disciplines: readonly string[];
}
interface Items<T> {
  readonly items: readonly T[];
}

/** Who takes part in the network, by id: organisations and teams have names, and nothing in them is about a person assisted. */
export function useDirectory() {
  const organisations = useRead<Items<Organisation>>('/api/organisations', { steady: true });
  const teams = useRead<Items<Team>>('/api/teams', { steady: true });
  const all = organisations.data?.data.items ?? [];
  const allTeams = teams.data?.data.items ?? [];
  return {
    organisations: all,
    teams: allTeams,
    /** An organisation or a team by its name. */
    name: (id: string | null | undefined): string => {
      if (!id) return '–';
      return (
        all.find(({ organisation }) => organisation === id)?.designation ?? allTeams.find(({ team }) => team === id)?.designation ?? '…'
      );
    },
  };
}

/** Colleagues by name: of a team, or of one's own organisation. */
export function useColleagues(team?: string) {
  const { data: me } = useMe();
  const query = team === undefined ? {} : { team };
  const { data } = useRead<Items<Colleague>, '/api/members'>('/api/members', { query, enabled: me !== undefined, steady: true });
  const items = data?.data.items ?? [];
  return {
    items: items.filter(({ status }) => status === 'Active'),
    name: (member: string): string | undefined => items.find((one) => one.member === member)?.name,
  };
}
