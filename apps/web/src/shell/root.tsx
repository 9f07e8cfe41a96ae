import { createRootRoute } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { takeVersion } from '../offline/take-version';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Screen } from '../ui/screen';
import { Layout } from './layout';
import { NotFound } from './not-found';
import { shellStrings } from './strings';

export const rootRoute = createRootRoute({ component: Layout, notFoundComponent: NotFound, errorComponent: Broken });

/** A mistake of ours in a screen: nothing of it goes anywhere, it may quote data. */
export function Broken(): ReactNode {
  const say = useText(shellStrings);
  return (
    <Screen title={say('broken.title')}>
      <p>{say('broken.text')}</p>
      <Button onClick={takeVersion}>{say('broken.again')}</Button>
    </Screen>
  );
}
