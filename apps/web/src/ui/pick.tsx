import { type ReactNode, useId } from 'react';
import type { Choice } from '../text/codes';

interface Props {
  readonly label: string;
  /** What choosing nothing means. */
  readonly any: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onPick: (value: string | undefined) => void;
}

/** A filter: takes effect at once, and stands in the address. */
export function Pick({ label, any, value = '', choices, onPick }: Props): ReactNode {
  const id = useId();
  return (
    <div className="rc-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="rc-input" value={value} onChange={(event) => onPick(event.target.value || undefined)}>
        <option value="">{any}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
