import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { SentTable } from '../referrals/referral-list-screen';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Shown } from '../ui/screen';
import type { Items, OutboxItem } from '../work/answers';
import { pageStrings } from './page-strings';
import { referStrings } from './refer-strings';

/** What was sent of this case, and where it stands. */
export function CaseReferrals({ handle }: { readonly handle: string }): ReactNode {
  const page = useText(pageStrings);
  const say = useText(referStrings);
  const outbox = useRead<Items<OutboxItem>>('/api/referrals/outbox', { lively: true });
  return (
    <>
      <Shown of={outbox}>
        {({ data }) => {
          const own = data.items.filter((item) => item.case === handle);
          return own.length === 0 ? <p>{say('none')}</p> : <SentTable caption={page('page.tabs.referrals')} items={own} />;
        }}
      </Shown>
      <ButtonLink to="/casi/$handle/invia" params={{ handle }}>
        {page('page.refer')}
      </ButtonLink>
    </>
  );
}
