import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Screen } from '../ui/screen';
import { startStrings } from './strings';

export function AccessibilityScreen(): ReactNode {
  const say = useText(startStrings);
  return (
    <Screen title={say('accessibility.title')}>
      <p>{say('accessibility.state')}</p>
      <h2>{say('accessibility.keys')}</h2>
      <p>{say('accessibility.keysText')}</p>
      <h2>{say('accessibility.lacks')}</h2>
      <p>{say('accessibility.lacksText')}</p>
      <h2>{say('accessibility.tell')}</h2>
      <p>{say('accessibility.tellText')}</p>
    </Screen>
  );
}
