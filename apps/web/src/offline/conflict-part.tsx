import { type ReactNode, useState } from 'react';
import { get } from '../api/client';
import { useVersionShown } from '../api/query';
import type { CaseView } from '../cases/answers';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Conflict } from '../ui/conflict';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { Shown } from '../ui/screen';
import { CommandFacts } from './command-facts';
import type { Keepable } from './commands';
import { decisionStrings } from './decision-strings';
import type { OpenLocker } from './locker';
import { decideAnew, type Kept, putAside } from './outbox';
import { sendWaiting } from './sending';
import { offlineStrings } from './strings';

interface Props {
  readonly locker: OpenLocker;
  readonly item: Kept;
  readonly of: Keepable;
  readonly present: NonNullable<Keepable['present']>;
}

/** The record is not as it was when this was decided: both versions side by side, and nothing happens until a person decides. */
export function ConflictPart({ locker, item, of, present }: Props): ReactNode {
  const say = useText(offlineStrings);
  const decide = useText(decisionStrings);
  const now = useVersionShown<CaseView>(item.id, present.path, { params: item.params });
  const [failed, setFailed] = useState<Error>();
  const [moved, setMoved] = useState(false);
  const shown = now.data?.data;
  const again = async (): Promise<void> => {
    setFailed(undefined);
    const { etag } = await get(present.path, { params: item.params });
    // Changed once more while somebody was reading: what they have not seen they have not decided on.
    const isSeen = etag !== undefined && etag === now.data?.etag;
    setMoved(!isSeen);
    if (!isSeen) return void (await now.refetch());
    await decideAnew(locker, item, etag);
    await sendWaiting(locker);
  };
  return (
    <>
      {shown ? (
        <p>
          <ButtonLink to="/casi/$handle" params={{ handle: item.params.handle ?? '' }} kind="second">
            {decide('openCase', { codename: shown.codename })}
          </ButtonLink>
        </p>
      ) : null}
      <Conflict
        yours={<CommandFacts of={of} values={item.body} />}
        theirs={
          <Shown of={now}>
            {({ data }) => {
              const part = data.groups[present.group];
              const beside = present.beside === undefined ? undefined : data.groups[present.beside];
              return part ? <CommandFacts of={of} values={{ ...beside, ...part }} /> : <p>{say('waiting.unseen')}</p>;
            }}
          </Shown>
        }
        onDrop={() => void putAside(locker, item)}
        onKeep={now.data?.etag === undefined || now.isError ? undefined : () => void again().catch(setFailed)}
      />
      {moved ? <Notice tone="warn" title={decide('moved')} urgent /> : null}
      <p className="rc-soft">{decide('aside.hint')}</p>
      <ProblemNotice error={failed} />
    </>
  );
}
