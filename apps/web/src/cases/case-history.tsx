import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useColleagues, useDirectory } from '../people/directory';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Shown } from '../ui/screen';
import type { HistoryLine } from './case-answers';
import { historyStrings } from './history-strings';

type Known = keyof typeof historyStrings.it.event;
const knownType = (type: string): Known => (type in historyStrings.it.event ? (type as Known) : 'other');

/** What happened to the case, as sentences, newest first. */
export function CaseHistory({ handle }: { readonly handle: string }): ReactNode {
  const say = useText(historyStrings);
  const { instant } = useDates();
  const colleagues = useColleagues();
  const directory = useDirectory();
  const history = useRead<{ items: readonly HistoryLine[] }>('/api/cases/{handle}/history', { params: { handle }, lively: true });
  const who = ({ actor, organisation }: HistoryLine): string =>
    actor === 'system' ? say('service') : (colleagues.name(actor) ?? say('colleague', { organisation: directory.name(organisation) }));
  return (
    <Shown of={history}>
      {({ data }) => (
        <ol className="rc-story" reversed>
          {[...data.items].reverse().map((line, n) => (
            <li key={`${line.at}${line.type}${n}`}>
              <time dateTime={line.at}>{instant(line.at)}</time>
              {say(`event.${knownType(line.type)}`, { who: who(line), type: line.type })}
            </li>
          ))}
        </ol>
      )}
    </Shown>
  );
}
