import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from './button';
import { Notice } from './notice';
import { uiStrings } from './strings';

interface Props {
  readonly yours: ReactNode;
  readonly theirs: ReactNode;
  /** Sends the same again on top of the version shown as theirs; absent where that makes no sense. */
  readonly onKeep?: (() => void) | undefined;
  readonly onDrop: () => void;
}

/** After a 412: both versions side by side. Nothing was overwritten, and nothing will be without a decision. */
export function Conflict({ yours, theirs, onKeep, onDrop }: Props): ReactNode {
  const say = useText(uiStrings);
  return (
    <Notice tone="warn" title={say('conflict.title')} urgent>
      <p>{say('conflict.intro')}</p>
      <div className="rc-two">
        <section aria-label={say('conflict.yours')}>
          <h3>{say('conflict.yours')}</h3>
          {yours}
        </section>
        <section aria-label={say('conflict.theirs')}>
          <h3>{say('conflict.theirs')}</h3>
          {theirs}
        </section>
      </div>
      <Actions>
        <Button onClick={onDrop}>{say('conflict.drop')}</Button>
        {onKeep ? (
          <Button kind="second" onClick={onKeep}>
            {say('conflict.keep')}
          </Button>
        ) : null}
      </Actions>
    </Notice>
  );
}
