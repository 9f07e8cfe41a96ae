import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rolesOf, useMe } from '../../session/session';
import { navigationFor } from '../../shell/navigation';
import { useCodes } from '../../text/codes';
import { useText } from '../../text/strings';
import { Table } from '../../ui/table';
import type { BoardItem } from '../answers';
import { RegionMap } from './region-map';
import { mapStrings } from './strings';

interface Props {
  readonly items: readonly BoardItem[];
  readonly regions: ReadonlyMap<string, string>;
}

/** Where the alerts are: a picture for those who would rather look, and the same in a table. */
export function AlertMap({ items, regions }: Props): ReactNode {
  const say = useText(mapStrings);
  const codes = useCodes();
  const { data: me } = useMe();
  const territories = navigationFor(rolesOf(me?.data), me?.data.kind).some(({ to }) => to === '/territorio');
  const rows = [...new Set(items.flatMap(({ comune }) => regions.get(comune) ?? []))]
    .map((region) => {
      const there = items.filter(({ comune }) => regions.get(comune) === region);
      return { region, count: there.length, open: there.filter(({ status }) => status === 'Issued').length };
    })
    .sort((a, b) => b.count - a.count || a.region.localeCompare(b.region));
  return (
    <section aria-labelledby="map">
      <h2 id="map">{say('map.title')}</h2>
      {rows.length === 0 ? (
        <p>{say('map.none')}</p>
      ) : (
        <>
          <p>{say('map.intro')}</p>
          <RegionMap counts={new Map(rows.map(({ region, count }) => [region, count]))} />
          <Table
            caption={say('map.table')}
            rows={rows}
            keyOf={({ region }) => region}
            columns={[
              { title: say('map.region'), cell: ({ region }) => codes.label('region', region) },
              { title: say('map.count'), cell: ({ count }) => count },
              { title: say('map.open'), cell: ({ open }) => open },
              ...(territories
                ? [{ title: say('map.territory'), cell: ({ region }: { region: string }) => <ToTerritory of={region} /> }]
                : []),
            ]}
          />
        </>
      )}
    </section>
  );
}

/** From the alerts of a region to what is seen to happen there. */
function ToTerritory({ of: region }: { readonly of: string }): ReactNode {
  const say = useText(mapStrings);
  const codes = useCodes();
  return (
    <Link to="/territorio" search={{ regione: region }} className="rc-target">
      {say('map.see', { region: codes.label('region', region) })}
    </Link>
  );
}
