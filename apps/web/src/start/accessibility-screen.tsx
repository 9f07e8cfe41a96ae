import type { ReactNode } from 'react';
import { useSession } from '../session/session';
import { useText } from '../text/strings';
import { Screen } from '../ui/screen';
import { accessibilityStrings } from './accessibility-strings';

const LACKS = ['readers', 'devices', 'tables'] as const;

/** Open to everybody, signed in or not: the statement the law asks for, with a contact for feedback. */
export function AccessibilityScreen(): ReactNode {
  const say = useText(accessibilityStrings);
  const { data: session } = useSession();
  const contact = session?.contact;
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <h2>{say('state.title')}</h2>
      <p>{say('state.text')}</p>
      <h2>{say('lacks.title')}</h2>
      <ul>
        {LACKS.map((one) => (
          <li key={one}>{say(`lacks.${one}`)}</li>
        ))}
      </ul>
      <h2>{say('made.title')}</h2>
      <p>{say('made.text')}</p>
      <h2>{say('keys.title')}</h2>
      <p>{say('keys.text')}</p>
      <h2>{say('tell.title')}</h2>
      <p>
        {contact === undefined ? say('tell.none') : say('tell.contact', { contact })} {say('tell.answer')}
      </p>
      <h2>{say('next.title')}</h2>
      <p>{say('next.text')}</p>
    </Screen>
  );
}
