import type { ReactNode } from 'react';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Button } from '../ui/button';
import { Card } from '../ui/notice';
import { CommandFacts } from './command-facts';
import { keepable } from './commands';
import { ConflictPart } from './conflict-part';
import { decisionStrings } from './decision-strings';
import { Discard } from './discard';
import type { OpenLocker } from './locker';
import { drop, type Kept, takeUp } from './outbox';
import { RefusedPart } from './refused-part';
import { offlineStrings } from './strings';

interface Props {
  readonly locker: OpenLocker;
  readonly item: Kept;
}

export function WaitingList({ locker, items }: { readonly locker: OpenLocker; readonly items: readonly Kept[] }): ReactNode {
  const say = useText(offlineStrings);
  if (items.length === 0) return <p>{say('waiting.none')}</p>;
  return items.map((item) => <Waiting key={item.id} locker={locker} item={item} />);
}

function Waiting({ locker, item }: Props): ReactNode {
  const say = useText(offlineStrings);
  const { instant } = useDates();
  const of = keepable(item.path);
  if (!of) return null;
  const name = say(`command.${of.name}`);
  return (
    <Card label={name}>
      <h3>{name}</h3>
      <p className="rc-soft">{say('waiting.kept', { when: instant(new Date(item.at).toISOString()) })}</p>
      {item.state === 'conflict' && of.present ? (
        <ConflictPart locker={locker} item={item} of={of} present={of.present} />
      ) : (
        <>
          {item.state === 'refused' ? <RefusedPart locker={locker} item={item} /> : null}
          <CommandFacts of={of} values={item.body} />
          <Discard onYes={() => void drop(locker, item.id)} />
        </>
      )}
    </Card>
  );
}

/** What somebody decided against stays readable, and can be taken up again, until they discard it. */
export function Aside({ locker, item }: Props): ReactNode {
  const say = useText(offlineStrings);
  const decide = useText(decisionStrings);
  const { instant } = useDates();
  const of = keepable(item.path);
  if (!of) return null;
  const name = say(`command.${of.name}`);
  return (
    <Card label={decide('aside.label', { what: name })}>
      <h3>{name}</h3>
      <p className="rc-soft">{say('waiting.kept', { when: instant(new Date(item.at).toISOString()) })}</p>
      <CommandFacts of={of} values={item.body} />
      <Button kind="second" onClick={() => void takeUp(locker, item)}>
        {decide('aside.take')}
      </Button>
      <Discard onYes={() => void drop(locker, item.id)} />
    </Card>
  );
}
