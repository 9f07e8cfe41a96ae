import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { DeliveryItem, Items } from './answers';
import { DeliveryBadge } from './delivery-badge';
import { deliveryStrings } from './strings';
import { useAlertWords } from './words';

/** The whole application of an inspector or a union officer: what they were told, and nothing else. */
export function DeliveryListScreen(): ReactNode {
  const say = useText(deliveryStrings);
  const received = useRead<Items<DeliveryItem>, '/api/deliveries'>('/api/deliveries', { query: { limit: 200 }, lively: true });
  return (
    <Screen
      title={say('mine.title')}
      neutral={say('mine.neutral')}
      aside={
        <ButtonLink to="/mie-allerte/iscrizioni" kind="second">
          {say('mine.subscriptions')}
        </ButtonLink>
      }
    >
      <p>{say('mine.intro')}</p>
      <AtLeast level={2}>
        <Shown of={received}>
          {({ data }) =>
            data.items.length === 0 ? (
              <p>{say('mine.none')}</p>
            ) : (
              <>
                <Received items={data.items} />
                <TakeAway path="/api/deliveries" reading={{ query: { limit: 200 } }} />
              </>
            )
          }
        </Shown>
      </AtLeast>
    </Screen>
  );
}

function Received({ items }: { readonly items: readonly DeliveryItem[] }): ReactNode {
  const say = useText(deliveryStrings);
  const { codes } = useAlertWords();
  const { day } = useDates();
  return (
    <Table
      caption={say('mine.caption', { count: items.length })}
      rows={items}
      keyOf={({ handle }) => handle}
      columns={[
        {
          title: say('columns.codename'),
          cell: ({ handle, codename }) => (
            <Link to="/mie-allerte/$handle" params={{ handle }}>
              {codename}
            </Link>
          ),
        },
        { title: say('columns.status'), cell: ({ status }) => <DeliveryBadge status={status} /> },
        { title: say('told.about'), cell: ({ content }) => say(`subject.${content.subject}`) },
        {
          title: say('columns.where'),
          cell: ({ content }) =>
            content.province === undefined ? codes.label('region', content.region) : codes.label('province', content.province),
        },
        { title: say('columns.sector'), cell: ({ content }) => codes.label('sector', content.sector) },
        { title: say('mine.received'), cell: ({ deliveredAt }) => day(deliveredAt) },
        { title: say('mine.due'), cell: ({ due }) => day(due) },
      ]}
    />
  );
}
