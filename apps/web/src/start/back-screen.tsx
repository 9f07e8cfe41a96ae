import type { ReactNode } from 'react';
import { sessionStrings } from '../session/strings';
import { useText } from '../text/strings';
import { Screen } from '../ui/screen';

/** Where the second tab ends after signing in again. */
export function BackScreen(): ReactNode {
  const say = useText(sessionStrings);
  return (
    <Screen title={say('back.title')}>
      <p>{say('back.text')}</p>
    </Screen>
  );
}
