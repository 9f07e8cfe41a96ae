import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Screen, Shown } from '../ui/screen';
import { type Column, Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { InboxItem, Items, OutboxItem } from '../work/answers';
import { Due, StatusBadge } from './referral-parts';
import { referralListRoute, SIDES } from './routes';
import { referralStrings } from './strings';

export function ReferralListScreen(): ReactNode {
  const say = useText(referralStrings);
  const { lato = 'ricevute' } = referralListRoute.useSearch();
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <nav aria-label={say('side')}>
        <ul className="rc-tabs">
          {SIDES.map((side) => (
            <li key={side}>
              <Link to="/richieste" search={{ lato: side }} aria-current={side === lato ? 'page' : undefined}>
                {say(`sides.${side}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {lato === 'ricevute' ? <Received /> : <Sent />}
    </Screen>
  );
}

function useColumns<T extends InboxItem | OutboxItem>(): { first: Column<T>; last: readonly Column<T>[] } {
  const say = useText(referralStrings);
  const codes = useCodes();
  return {
    first: {
      title: say('columns.codename'),
      cell: ({ handle, codename }) => (
        <Link to="/richieste/$handle" params={{ handle }}>
          {codename}
        </Link>
      ),
    },
    last: [
      { title: say('columns.service'), cell: ({ service }) => codes.label('service', service) },
      { title: say('columns.status'), cell: ({ status }) => <StatusBadge status={status} /> },
      { title: say('columns.due'), cell: ({ due, status }) => <Due due={due} status={status} /> },
    ],
  };
}

function Received(): ReactNode {
  const say = useText(referralStrings);
  const codes = useCodes();
  const { first, last } = useColumns<InboxItem>();
  const inbox = useRead<Items<InboxItem>>('/api/referrals/inbox', { lively: true });
  return (
    <Shown of={inbox}>
      {({ data }) =>
        data.items.length === 0 ? (
          <p>{say('none.ricevute')}</p>
        ) : (
          <>
            <Table
              caption={say('sides.ricevute')}
              rows={data.items}
              keyOf={({ handle }) => handle}
              columns={[first, { title: say('columns.from'), cell: ({ region }) => codes.label('region', region) }, ...last]}
            />
            <TakeAway path="/api/referrals/inbox" />
          </>
        )
      }
    </Shown>
  );
}

function Sent(): ReactNode {
  const outbox = useRead<Items<OutboxItem>>('/api/referrals/outbox', { lively: true });
  const say = useText(referralStrings);
  return (
    <Shown of={outbox}>
      {({ data }) =>
        data.items.length === 0 ? (
          <p>{say('none.inviate')}</p>
        ) : (
          <>
            <SentTable caption={say('sides.inviate')} items={data.items} />
            <TakeAway path="/api/referrals/outbox" />
          </>
        )
      }
    </Shown>
  );
}

/** Also on the page of a case: what was sent of it. */
export function SentTable({ caption, items }: { readonly caption: string; readonly items: readonly OutboxItem[] }): ReactNode {
  const say = useText(referralStrings);
  const directory = useDirectory();
  const { first, last } = useColumns<OutboxItem>();
  return (
    <Table
      caption={caption}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[first, { title: say('columns.to'), cell: ({ receiver }) => directory.name(receiver) }, ...last]}
    />
  );
}
