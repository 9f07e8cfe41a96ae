import type { ReactNode } from 'react';
import { useChange } from '../api/query';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Facts, Notice } from '../ui/notice';
import { useOrganisations } from '../ui/organisations';
import { ProblemNotice } from '../ui/problem';
import type { OwnGlass } from './answers';
import { TimeLeft, useTimeLeft } from './countdown';
import { OpenedGroup } from './opened-group';
import { emergencyStrings } from './strings';

/** One of the person's own: open with its countdown, or closed and waiting for its review. */
export function OwnAccess({ glass }: { readonly glass: OwnGlass }): ReactNode {
  const say = useText(emergencyStrings);
  const { label } = useCodes();
  const { instant } = useDates();
  const { name } = useOrganisations();
  const left = useTimeLeft(glass.expiresAt);
  const open = glass.status === 'Opened' && left > 0;
  return (
    <article className="rc-card">
      <h3>
        {glass.case.codename}: {label('field-group', glass.group)}
      </h3>
      <Facts
        of={[
          [say('own.opened'), instant(glass.openedAt)],
          [say('own.reason'), label('break-glass-reason', glass.reason)],
          [say('own.custodian'), name(glass.custodian)],
        ]}
      />
      {open ? (
        <>
          <TimeLeft ms={left} words={(time) => say('own.left', { time })} />
          <OpenedGroup glass={glass} />
          <Close glass={glass} />
        </>
      ) : (
        <p>{glass.status === 'Opened' ? say('own.over') : say('own.awaiting', { when: instant(glass.reviewDue) })}</p>
      )}
      {glass.overdue ? <Notice tone="warn" title={say('own.overdue')} /> : null}
    </article>
  );
}

function Close({ glass: { handle, etag } }: { readonly glass: OwnGlass }): ReactNode {
  const say = useText(emergencyStrings);
  const close = useChange('/api/break-glass/{handle}/closing', ['/api/break-glass/own', '/api/cases/{handle}']);
  return (
    <>
      <ProblemNotice error={close.error} />
      <Actions>
        <Button kind="second" busy={close.isPending} onClick={() => close.mutate({ params: { handle }, etag })}>
          {say('own.close')}
        </Button>
      </Actions>
    </>
  );
}
