import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Screen } from '../ui/screen';
import { shellStrings } from './strings';

/** No such address, or none of this person's: both look the same. */
export function NotFound(): ReactNode {
  const say = useText(shellStrings);
  return (
    <Screen title={say('notFound.title')}>
      <p>{say('notFound.text')}</p>
      <ButtonLink to="/" kind="second">
        {say('notFound.home')}
      </ButtonLink>
    </Screen>
  );
}
