import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Pick } from '../ui/pick';
import { Place } from '../ui/place';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { Items } from '../deliveries/answers';
import type { AlertStatus, BoardItem } from './answers';
import { AlertMap } from './map/alert-map';
import { AlertBadge } from './alert-badge';
import { useRegionsOf } from './map/regions-of';
import { type AlertFilters, alertListRoute } from './routes';
import { deliveryStrings } from '../deliveries/strings';
import { alertStrings } from './strings';

/** What the organisation is telling, or about to tell. */
export function AlertListScreen(): ReactNode {
  const say = useText(alertStrings);
  const alerts = useRead<Items<BoardItem>, '/api/alerts'>('/api/alerts', { query: { limit: 200 }, lively: true });
  return (
    <Screen title={say('list.title')} neutral={say('neutral')} aside={<ButtonLink to="/allerte/nuova">{say('list.new')}</ButtonLink>}>
      <p>{say('list.intro')}</p>
      <AtLeast level={2}>
        <Shown of={alerts}>{({ data }) => <Board items={data.items} />}</Shown>
      </AtLeast>
    </Screen>
  );
}

function Board({ items }: { readonly items: readonly BoardItem[] }): ReactNode {
  const say = useText(alertStrings);
  const told = useText(deliveryStrings);
  const codes = useCodes();
  const { day } = useDates();
  const filters = alertListRoute.useSearch();
  const regions = useRegionsOf(items.map(({ comune }) => comune));
  const shown = items.filter(
    ({ status, comune }) =>
      (filters.stato === undefined || status === filters.stato) &&
      (filters.regione === undefined || regions.get(comune) === filters.regione),
  );
  return (
    <>
      <Filters of={filters} />
      {shown.length === 0 ? (
        <p>{say(items.length === 0 ? 'list.none' : 'list.noneLeft')}</p>
      ) : (
        <Table
          caption={say('list.caption', { count: shown.length })}
          rows={shown}
          keyOf={({ handle }) => handle}
          columns={[
            {
              title: say('list.codename'),
              cell: ({ handle, codename }) => (
                <Link to="/allerte/$handle" params={{ handle }}>
                  {codename}
                </Link>
              ),
            },
            { title: say('list.status'), cell: ({ status }) => <AlertBadge status={status} /> },
            { title: say('list.about'), cell: ({ subject }) => told(`subject.${subject}`) },
            {
              title: say('list.where'),
              cell: ({ comune, area }) => (
                <>
                  <Place of={comune} />, {say(`area.${area}`)}
                </>
              ),
            },
            { title: say('list.sector'), cell: ({ sector }) => codes.label('sector', sector) },
            { title: say('list.expires'), cell: ({ expires }) => day(expires) },
          ]}
        />
      )}
      {/* The filters are the page's own: a file has the whole list. */}
      {shown.length === items.length && items.length > 0 ? <TakeAway path="/api/alerts" reading={{ query: { limit: 200 } }} /> : null}
      <AlertMap items={shown} regions={regions} />
    </>
  );
}

function Filters({ of }: { readonly of: AlertFilters }): ReactNode {
  const say = useText(alertStrings);
  const codes = useCodes();
  const navigate = useNavigate();
  const set = (change: AlertFilters): void => void navigate({ to: '/allerte', search: { ...of, ...change } });
  const statuses = (Object.keys(alertStrings.it.status) as AlertStatus[]).map((value) => ({ value, label: say(`status.${value}`) }));
  return (
    <fieldset className="rc-card">
      <legend>{say('list.filters')}</legend>
      <div className="rc-choices">
        <Pick label={say('list.status')} any={say('list.any')} value={of.stato} choices={statuses} onPick={(stato) => set({ stato })} />
        <Pick
          label={say('list.region')}
          any={say('list.anyRegion')}
          value={of.regione}
          choices={codes.of('region')}
          onPick={(regione) => set({ regione })}
        />
      </div>
    </fieldset>
  );
}
