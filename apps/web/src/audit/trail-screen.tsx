import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { QueryOf } from '../api/client';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, ButtonLink } from '../ui/button';
import { Badge } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { useActs } from './acts';
import type { Effect, ShownEntry, TrailPage } from './answers';
import { Who } from './handle';
import { type TrailFilters, trailRoute } from './routes';
import { auditStrings } from './strings';
import { TrailForm } from './trail-form';

const PAGE = 50;
type Query = QueryOf<'/api/audit/entries'>;

/** Days in Italy are close enough to days of the trail's clock to search by. */
const queryOf = ({ dal, al, caso, chi, atto, esito, gruppo, prima }: TrailFilters): Query =>
  ({
    ...(dal ? { from: `${dal}T00:00:00.000Z` } : {}),
    ...(al ? { to: new Date(Date.parse(`${al}T00:00:00Z`) + 86_400_000).toISOString() } : {}),
    ...(caso ? { case: caso } : {}),
    ...(chi ? { actor: chi } : {}),
    ...(atto ? { act: atto } : {}),
    ...(esito ? { effect: esito } : {}),
    ...(gruppo ? { group: gruppo } : {}),
    ...(prima === undefined ? {} : { before: prima }),
    limit: PAGE,
  }) as Query;

export function TrailScreen(): ReactNode {
  const say = useText(auditStrings);
  const filters = trailRoute.useSearch();
  const page = useRead<TrailPage, '/api/audit/entries'>('/api/audit/entries', { query: queryOf(filters), purpose: 'audit' });
  return (
    <Screen title={say('trail.title')} neutral={say('neutral')}>
      <p>{say('trail.intro')}</p>
      <AtLeast level={2}>
        <TrailForm key={JSON.stringify(filters)} of={filters} />
        <Shown of={page}>
          {({ data }) => (
            <>
              {data.entries.length === 0 ? <p>{say('trail.none')}</p> : <Entries entries={data.entries} />}
              <Actions>
                {filters.prima === undefined ? null : (
                  <ButtonLink to="/registro" search={{ ...filters, prima: undefined }} kind="second">
                    {say('trail.newest')}
                  </ButtonLink>
                )}
                {data.next === undefined ? null : (
                  <ButtonLink to="/registro" search={{ ...filters, prima: data.next }} kind="second">
                    {say('trail.older')}
                  </ButtonLink>
                )}
              </Actions>
            </>
          )}
        </Shown>
      </AtLeast>
    </Screen>
  );
}

export function EffectBadge({ effect }: { readonly effect: Effect }): ReactNode {
  const say = useText(auditStrings);
  return <Badge tone={effect === 'permitted' ? 'plain' : 'danger'}>{say(`effect.${effect}`)}</Badge>;
}

function Entries({ entries }: { readonly entries: readonly ShownEntry[] }): ReactNode {
  const say = useText(auditStrings);
  const { name } = useActs();
  const { label } = useCodes();
  const { instant } = useDates();
  return (
    <Table
      caption={say('trail.caption', { count: entries.length })}
      rows={entries}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          title: say('trail.index'),
          cell: ({ index }) => (
            <Link to="/registro/$index" params={{ index: String(index) }} className="rc-target">
              {index}
            </Link>
          ),
        },
        { title: say('trail.when'), cell: ({ entry: { body } }) => instant(body.at) },
        {
          title: say('trail.act'),
          cell: ({ entry: { body } }) => (
            <>
              {name(body.act)}
              {body.folded ? (
                <>
                  <br />
                  <span className="rc-soft">{say('trail.counted', { count: body.folded.count, since: instant(body.folded.since) })}</span>
                </>
              ) : null}
            </>
          ),
        },
        { title: say('trail.effect'), cell: ({ entry: { body } }) => <EffectBadge effect={body.effect} /> },
        { title: say('trail.who'), cell: ({ entry: { body } }) => <Who of={body.actor} /> },
        {
          title: say('trail.groups'),
          cell: ({ entry: { body } }) => body.groups.map((one) => label('field-group', one)).join(', ') || '–',
        },
      ]}
    />
  );
}
