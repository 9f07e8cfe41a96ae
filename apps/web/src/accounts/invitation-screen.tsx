import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { Enrolment } from './enrolment';
import { useFragment } from './fragment';
import { accountStrings } from './strings';

/** Where the link of an invitation leads. */
export function InvitationScreen(): ReactNode {
  const say = useText(accountStrings);
  const token = useFragment();
  const [made, setMade] = useState(false);
  return (
    <Screen title={say('invite.title')} neutral={say('neutral')}>
      {made ? (
        <Notice tone="good" title={say('invite.done')} urgent>
          <a href="/">{say('invite.goOn')}</a>
        </Notice>
      ) : token === '' ? (
        <Notice tone="danger" title={say('invite.none')}>
          <p>{say('invite.noneText')}</p>
        </Notice>
      ) : (
        <>
          <p>{say('invite.intro')}</p>
          <Enrolment token={token} fragment={token} onMade={() => setMade(true)} />
        </>
      )}
    </Screen>
  );
}
