import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { LongText } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import type { Items, PolicyItem } from './answers';
import { useAdministrationProblems } from './problems';
import { administrationStrings } from './strings';

/** The region's own access policies, and where a new one is proposed. */
export function PoliciesScreen(): ReactNode {
  const say = useText(administrationStrings);
  const { instant } = useDates();
  const policies = useRead<Items<PolicyItem>>('/api/policies');
  return (
    <Screen title={say('policies.title')} neutral={say('neutral')}>
      <p>{say('policies.intro')}</p>
      <AtLeast level={3}>
        <Shown of={policies}>
          {({ data }) =>
            data.items.length === 0 ? (
              <p>{say('policies.none')}</p>
            ) : (
              <Table
                caption={say('policies.caption')}
                rows={data.items}
                keyOf={({ policy }) => policy}
                columns={[
                  {
                    title: say('policies.number'),
                    cell: ({ policy, number }) => (
                      <Link to="/politiche/$policy" params={{ policy }} className="rc-target">
                        {number}
                      </Link>
                    ),
                  },
                  { title: say('policies.statusTitle'), cell: ({ status }) => say(`policies.status.${status}`) },
                  { title: say('policies.when'), cell: ({ proposedAt }) => instant(proposedAt) },
                  { title: say('policies.widens'), cell: ({ widens }) => widens },
                  { title: say('policies.narrows'), cell: ({ narrows }) => narrows },
                  { title: say('policies.hash'), cell: ({ hash }) => <code className="rc-handle">{hash.slice(0, 12)}</code> },
                ]}
              />
            )
          }
        </Shown>
        <ProposeForm />
      </AtLeast>
    </Screen>
  );
}

function ProposeForm(): ReactNode {
  const say = useText(administrationStrings);
  const propose = useChange('/api/policies', ['/api/policies']);
  const server = useServerForm({ document: '' }, async ({ document }) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(document);
    } catch {
      server.form.setError('document', { message: say('policies.notJson') });
      return;
    }
    await propose.mutateAsync({ body: { document: parsed } as BodyOf<'/api/policies'> });
    server.form.reset();
  });
  return (
    <CardForm title={say('policies.propose')} of={server} level={3} words={useAdministrationProblems()} submit={say('policies.save')}>
      <LongText form={server.form} name="document" label={say('policies.document')} hint={say('policies.documentHint')} />
    </CardForm>
  );
}
