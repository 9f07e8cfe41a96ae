import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { QueryOf } from '../api/client';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Pages } from '../ui/pages';
import { Pick } from '../ui/pick';
import { Screen } from '../ui/screen';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import { type Dynamic, type DynamicStatus, observes, STATUSES } from './answers';
import { DynamicBadge, DynamicPlace, Until, useWitness } from './dynamic-parts';
import { type TerritoryFilters, territoryRoute } from './routes';
import { territoryStrings } from './strings';

type Query = NonNullable<QueryOf<'/api/dynamics'>>;
const PAGE = 50;

/** What happens in places, of the whole network. What a reader may know of the place is the server's to say. */
export function TerritoryScreen(): ReactNode {
  const say = useText(territoryStrings);
  const filters = territoryRoute.useSearch();
  const records = observes(rolesOf(useMe().data?.data));
  const query = {
    ...(filters.stato ? { status: filters.stato } : {}),
    ...(filters.regione ? { territory: filters.regione } : {}),
    ...(filters.tipo ? { pattern: filters.tipo as Query['pattern'] } : {}),
  } as Query;
  return (
    <Screen
      title={say('title')}
      neutral={say('neutral')}
      aside={records ? <ButtonLink to="/territorio/nuova">{say('new')}</ButtonLink> : undefined}
    >
      <p>{say('intro')}</p>
      <Filters of={filters} />
      <Pages<Dynamic, '/api/dynamics'>
        key={JSON.stringify(query)}
        path="/api/dynamics"
        query={{ ...query, limit: PAGE }}
        none={say(Object.keys(query).length > 0 ? 'noneLeft' : records ? 'none' : 'noneToRead')}
        more={say('more')}
      >
        {(items, n) => <Lines caption={say('caption', { n })} items={items} />}
      </Pages>
      <TakeAway key={`file ${JSON.stringify(query)}`} path="/api/dynamics" reading={{ query: { ...query, limit: 200 } }} />
    </Screen>
  );
}

function Filters({ of }: { readonly of: TerritoryFilters }): ReactNode {
  const say = useText(territoryStrings);
  const codes = useCodes();
  const navigate = useNavigate();
  const set = (change: TerritoryFilters): void => void navigate({ to: '/territorio', search: { ...of, ...change } });
  return (
    <fieldset className="rc-card">
      <legend>{say('filters')}</legend>
      <div className="rc-choices rc-choices-low">
        <Pick
          label={say('status')}
          any={say('standing')}
          value={of.stato}
          choices={STATUSES.map((value) => ({ value, label: say(`statuses.${value}`) }))}
          onPick={(stato) => set({ stato: stato as DynamicStatus | undefined })}
        />
        <Pick
          label={say('where')}
          any={say('anyRegion')}
          value={of.regione}
          choices={codes.of('region')}
          onPick={(regione) => set({ regione })}
        />
        <Pick
          label={say('pattern')}
          any={say('any')}
          value={of.tipo}
          choices={codes.of('territorial-pattern')}
          onPick={(tipo) => set({ tipo })}
        />
      </div>
    </fieldset>
  );
}

function Lines({ caption, items }: { readonly caption: string; readonly items: readonly Dynamic[] }): ReactNode {
  const say = useText(territoryStrings);
  const codes = useCodes();
  const { day } = useDates();
  const witness = useWitness();
  return (
    <Table
      caption={caption}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: say('pattern'),
          cell: ({ handle, pattern }) => (
            <Link to="/territorio/$handle" params={{ handle }} className="rc-target">
              {codes.label('territorial-pattern', pattern)}
            </Link>
          ),
        },
        { title: say('where'), cell: (one) => <DynamicPlace of={one} /> },
        { title: say('from'), cell: ({ from }) => day(from) },
        { title: say('to'), cell: (one) => <Until of={one} /> },
        { title: say('seenBy'), cell: ({ region, ours }) => witness(region, ours) },
        { title: say('status'), cell: (one) => <DynamicBadge of={one} /> },
      ]}
    />
  );
}
