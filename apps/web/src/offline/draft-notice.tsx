import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useDoor } from './door';
import { offlineStrings } from './strings';

interface Props {
  readonly of: {
    readonly kept: boolean;
    readonly saved: boolean;
    readonly found: { readonly at: number } | undefined;
    readonly resume: () => void;
    readonly forget: () => Promise<void>;
  };
}

/** Above a form: what was begun before, and whether what is typed now is kept. */
export function DraftNotice({ of: { kept, saved, found, resume, forget } }: Props): ReactNode {
  const say = useText(offlineStrings);
  const { fromNow } = useDates();
  const { state } = useDoor();
  if (found) {
    return (
      <Notice title={say('drafts.found', { when: fromNow(new Date(found.at).toISOString()) })}>
        <Actions>
          <Button onClick={resume}>{say('drafts.resume')}</Button>
          <Button kind="second" onClick={() => void forget()}>
            {say('drafts.drop')}
          </Button>
        </Actions>
      </Notice>
    );
  }
  if (kept) {
    return (
      <p role="status" className="rc-soft">
        {saved ? say('drafts.saved') : ''}
      </p>
    );
  }
  if (state === 'closed' && !navigator.onLine) return <Notice title={say('keep.closed')} />;
  // Also while nobody knows yet whether there is a locker: none is ever open when a page begins.
  return (
    <p className="rc-soft">
      {say('drafts.off')} <Link to="/bozze">{say('title')}</Link>
    </p>
  );
}
