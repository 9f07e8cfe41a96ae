import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import type { DiffLine } from './answers';
import { lineStrings } from './line-strings';
import { useLineWords } from './line-words';
import { administrationStrings } from './strings';

/** As many are seen at a glance; of more only the first subject stands open. The first policy of a region has hundreds. */
const AT_A_GLANCE = 40;

interface Props {
  readonly lines: readonly DiffLine[];
  readonly signed: ReadonlySet<string>;
  /** Absent: there is nothing to sign any more. */
  readonly onSign?: (cell: string) => void;
}

/** The difference, subject by subject. */
export function PolicyLines({ lines, signed, onSign }: Props): ReactNode {
  const words = useLineWords();
  const say = useText(lineStrings);
  const subjects = Map.groupBy(lines, ({ cell }) => cell.split('.').slice(0, 2).join('.'));
  return (
    <>
      {onSign ? <p className="rc-soft">{say('signing')}</p> : null}
      {[...subjects].map(([subject, own], n) => (
        <details key={subject} className="rc-card" open={n === 0 || lines.length <= AT_A_GLANCE}>
          <summary className="rc-summary">
            {own[0] ? words.about(own[0]) : subject}{' '}
            <span className="rc-soft">
              ({say('lines', { count: own.length })}
              {onSign ? `, ${say('signed', { count: own.filter(({ cell }) => signed.has(cell)).length })}` : ''})
            </span>
          </summary>
          <ul className="rc-lines">
            {own.map((line) => (
              <li key={line.cell}>
                <Line line={line} signed={signed.has(line.cell)} onSign={onSign} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

function Line({
  line,
  signed,
  onSign,
}: {
  readonly line: DiffLine;
  readonly signed: boolean;
  readonly onSign: Props['onSign'];
}): ReactNode {
  const say = useText(administrationStrings);
  const { change } = useLineWords();
  const widens = line.direction === 'WIDENS';
  const told = (
    <>
      <Badge tone={widens ? 'danger' : 'good'}>{say(widens ? 'policy.widens' : 'policy.narrows')}</Badge> {change(line)}
    </>
  );
  if (!widens || !onSign) return told;
  return (
    <label className="rc-choice">
      <input type="checkbox" checked={signed} onChange={() => onSign(line.cell)} />
      <span>{told}</span>
    </label>
  );
}
