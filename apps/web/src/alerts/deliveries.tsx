import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { useOrganisations } from '../ui/organisations';
import { Shown } from '../ui/screen';
import { Table } from '../ui/table';
import type { Items } from '../deliveries/answers';
import type { RecipientLine } from './answers';
import { deliveryStrings } from '../deliveries/strings';
import { alertStrings } from './strings';
import { useAlertWords } from '../deliveries/words';

/** Whom it reached and what they answered, as codes. */
export function Deliveries({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(alertStrings);
  const told = useText(deliveryStrings);
  const { codes, kind } = useAlertWords();
  const { name } = useOrganisations();
  const deliveries = useRead<Items<RecipientLine>>('/api/alerts/{handle}/deliveries', { params: { handle }, lively: true });
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{say('deliveries.title')}</h2>
      <Shown of={deliveries}>
        {({ data }) =>
          data.items.length === 0 ? (
            <p>{say('deliveries.none')}</p>
          ) : (
            <Table
              caption={say('deliveries.caption')}
              rows={data.items}
              keyOf={({ recipient }) => recipient}
              columns={[
                { title: say('deliveries.recipient'), cell: ({ recipient }) => name(recipient) },
                { title: say('deliveries.kind'), cell: (line) => kind(line.kind) },
                { title: say('deliveries.status'), cell: ({ status }) => told(`delivery.${status}`) },
                { title: say('deliveries.outcome'), cell: ({ outcome }) => codes.label('alert-outcome', outcome) },
              ]}
            />
          )
        }
      </Shown>
    </section>
  );
}
