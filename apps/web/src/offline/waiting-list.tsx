import { type ReactNode, useState } from 'react';
import { get } from '../api/client';
import { useRead } from '../api/query';
import type { CaseView } from '../cases/answers';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Conflict } from '../ui/conflict';
import { Card, Notice } from '../ui/notice';
import { Shown } from '../ui/screen';
import { CommandFacts } from './command-facts';
import { keepable, type Keepable } from './commands';
import type { OpenLocker } from './locker';
import { drop, type Kept, note } from './outbox';
import { offlineStrings } from './strings';

export function WaitingList({ locker, items }: { readonly locker: OpenLocker; readonly items: readonly Kept[] }): ReactNode {
  const say = useText(offlineStrings);
  if (items.length === 0) return <p>{say('waiting.none')}</p>;
  return items.map((item) => <Waiting key={item.id} locker={locker} item={item} />);
}

function Waiting({ locker, item }: { readonly locker: OpenLocker; readonly item: Kept }): ReactNode {
  const say = useText(offlineStrings);
  const { instant } = useDates();
  const of = keepable(item.path);
  if (!of) return null;
  const name = say(`command.${of.name}`);
  return (
    <Card label={name}>
      <h3>{name}</h3>
      <p className="rc-soft">{say('waiting.kept', { when: instant(new Date(item.at).toISOString()) })}</p>
      {item.state === 'refused' ? <Refused locker={locker} item={item} /> : null}
      {item.state !== 'waiting' && of.present ? (
        <Both locker={locker} item={item} of={of} />
      ) : (
        <>
          <CommandFacts of={of} values={item.body} />
          <Discard onYes={() => void drop(locker, item.id)} />
        </>
      )}
    </Card>
  );
}

/** The record is not as it was when this was decided: both versions side by side, and nothing happens until a person decides. */
function Both({ locker, item, of }: { readonly locker: OpenLocker; readonly item: Kept; readonly of: Keepable }): ReactNode {
  const say = useText(offlineStrings);
  const path = of.present?.path ?? '/api/cases/{handle}';
  const now = useRead<CaseView>(path, { params: item.params, enabled: of.present !== undefined });
  const group = of.present?.group;
  // Decided anew on the version shown: another decision, hence another key.
  const again = async (): Promise<void> => {
    const { etag } = await get(path, { params: item.params });
    if (etag !== now.data?.etag) return void (await now.refetch());
    await drop(locker, item.id);
    const key = crypto.randomUUID();
    await note(locker, { ...item, id: key, key, etag, state: 'waiting' });
  };
  return (
    <Conflict
      yours={<CommandFacts of={of} values={item.body} />}
      theirs={
        <Shown of={now}>
          {({ data }) => {
            const shown = group === undefined ? undefined : data.groups[group];
            return shown ? <CommandFacts of={of} values={shown} /> : <p>{say('waiting.unseen')}</p>;
          }}
        </Shown>
      }
      onDrop={() => void drop(locker, item.id)}
      onKeep={item.state === 'refused' || now.data?.etag === undefined ? undefined : () => void again()}
    />
  );
}

function Refused({ locker, item }: { readonly locker: OpenLocker; readonly item: Kept }): ReactNode {
  const say = useText(offlineStrings);
  return (
    <Notice tone="warn" title={say('waiting.refused')}>
      {item.detail ? <p lang="en">{item.detail}</p> : null}
      <Actions>
        <Button kind="second" onClick={() => void note(locker, { ...item, state: 'waiting' })}>
          {say('waiting.again')}
        </Button>
      </Actions>
    </Notice>
  );
}

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
          {say('leave.stay')}
        </Button>
      </Actions>
    </Notice>
  );
}
