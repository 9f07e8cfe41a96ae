import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { decisionStrings } from './decision-strings';
import { offlineStrings } from './strings';

/** Asked twice: what is discarded here is nowhere else. */
export function Discard({
  onYes,
  label,
  sure,
}: {
  readonly onYes: () => void;
  readonly label?: string;
  readonly sure?: string;
}): ReactNode {
  const say = useText(offlineStrings);
  const decide = useText(decisionStrings);
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Actions>
        <Button kind="second" onClick={() => setAsking(true)}>
          {label ?? say('waiting.drop')}
        </Button>
      </Actions>
    );
  }
  return (
    <Notice tone="warn" title={sure ?? say('waiting.dropSure')} urgent>
      <Actions>
        <Button kind="danger" onClick={onYes}>
          {say('device.wipeYes')}
        </Button>
        <Button kind="second" onClick={() => setAsking(false)}>
          {decide('leave.stay')}
        </Button>
      </Actions>
    </Notice>
  );
}
