import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { rolesOf, useMe } from '../session/session';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Badge } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import { agreementStrings } from './agreement-strings';
import type { AgreementStatus, AgreementView, Items } from './answers';

/** Agreements of one's organisation; a region's office reads those of its region. */
export function AgreementsScreen(): ReactNode {
  const say = useText(agreementStrings);
  const roles = rolesOf(useMe().data?.data);
  const makes = roles.includes('coordinator') || roles.includes('administrator');
  return (
    <Screen
      title={say('title')}
      neutral={say('neutral')}
      aside={makes ? <ButtonLink to="/accordi/nuovo">{say('make')}</ButtonLink> : undefined}
    >
      <p>{say('intro')}</p>
      <AtLeast level={2}>
        <Agreements />
        <TakeAway path="/api/agreements" />
      </AtLeast>
    </Screen>
  );
}

function Agreements(): ReactNode {
  const say = useText(agreementStrings);
  const { day } = useDates();
  const directory = useDirectory();
  const list = useRead<Items<AgreementView>>('/api/agreements');
  return (
    <Shown of={list}>
      {({ data }) =>
        data.items.length === 0 ? (
          <p>{say('none')}</p>
        ) : (
          <Table
            caption={say('caption', { count: data.items.length })}
            rows={data.items}
            keyOf={({ agreement }) => agreement}
            columns={[
              {
                title: say('parties'),
                cell: ({ agreement, terms }) => (
                  <Link to="/accordi/$agreement" params={{ agreement }} className="rc-target">
                    {terms.parties.map(({ organisation }) => directory.name(organisation)).join(', ')}
                  </Link>
                ),
              },
              { title: say('status'), cell: ({ status }) => <AgreementBadge status={status} /> },
              {
                title: say('signatures'),
                cell: ({ signed, terms }) => say('signedOf', { count: signed.length, of: terms.parties.length }),
              },
              { title: say('until'), cell: ({ terms }) => day(terms.expiresAt) },
            ]}
          />
        )
      }
    </Shown>
  );
}

export function AgreementBadge({ status }: { readonly status: AgreementStatus }): ReactNode {
  const say = useText(agreementStrings);
  const tone = status === 'Active' ? 'good' : status === 'Drafted' || status === 'Negotiating' ? 'warn' : 'plain';
  return <Badge tone={tone}>{say(`statuses.${status}`)}</Badge>;
}
