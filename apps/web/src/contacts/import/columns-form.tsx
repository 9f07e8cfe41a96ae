import type { ReactNode } from 'react';
import { useMe } from '../../session/session';
import { type Choice, useCodes, useSpokenLanguages } from '../../text/codes';
import { today } from '../../text/dates';
import { useText } from '../../text/strings';
import { Actions, Button } from '../../ui/button';
import { ComuneField } from '../../ui/comune-field';
import { ErrorSummary } from '../../ui/error-summary';
import { Select, TextField } from '../../ui/fields';
import { type Form, useServerForm } from '../../ui/form';
import { HOW_MET } from '../answers';
import { contactStrings } from '../strings';
import { type Columns, type Field, FIELDS, NEEDED, SAME } from './columns';
import type { OwnSheet } from './sheet-file';
import { importStrings } from './strings';

export type Values = Record<Field | `same_${Field}`, string>;
const both = <T,>(of: (field: Field) => T): Record<Field, T> =>
  Object.fromEntries(FIELDS.map((field) => [field, of(field)])) as Record<Field, T>;

export const columnsOf = (values: Values, words: Columns['words']): Columns => ({
  column: both((field) => values[field]),
  same: both((field) => values[`same_${field}`]),
  words,
});

/** What the columns seem to be, as a beginning. */
export const valuesOf = (guess: Readonly<Record<string, number>>): Values => ({
  ...both((field) => (guess[field] === undefined ? '' : String(guess[field]))),
  ...(Object.fromEntries(FIELDS.map((field) => [`same_${field}`, ''])) as Record<`same_${Field}`, string>),
});

interface Props {
  readonly sheet: OwnSheet;
  readonly initial: Values;
  readonly tried: boolean;
  readonly onChange: () => void;
  readonly onTry: (values: Values) => Promise<unknown>;
}

/** Step 2: which column is which. What fails on the way changes nothing that was chosen. */
export function ColumnsForm({ sheet, initial, tried, onChange, onTry }: Props): ReactNode {
  const say = useText(importStrings);
  const server = useServerForm<Values>(initial, onTry);
  const { form } = server;
  const choices = columnChoices(sheet, say);
  return (
    <form noValidate onSubmit={server.submit} onChange={onChange} className="rc-card" aria-labelledby="columns">
      <h2 id="columns">{say('columns.title')}</h2>
      <p>{say('columns.text')}</p>
      <ErrorSummary of={server} />
      {FIELDS.map((field) => {
        const needed = NEEDED.includes(field);
        const label = say(`field.${field}`);
        return (
          <div key={field}>
            <Select
              {...{ form, name: field, label, optional: !needed }}
              choices={needed ? [...choices, { value: SAME, label: say('columns.same') }] : choices}
            />
            {needed && form.watch(field) === SAME ? (
              <Same form={form} field={field} label={say('columns.sameFor', { field: label })} />
            ) : null}
          </div>
        );
      })}
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say(tried ? 'columns.again' : 'columns.try')}
        </Button>
      </Actions>
    </form>
  );
}

const SAMPLE = 30;
/** Columns by name, each with something that stands in it. */
function columnChoices({ columns, rows }: OwnSheet, say: ReturnType<typeof useText<typeof importStrings.it>>): Choice[] {
  return columns.map((column, n) => {
    const name = column === '' ? say('columns.unnamed', { n: n + 1 }) : column;
    const sample = rows.find(({ cells }) => (cells[n] ?? '') !== '')?.cells[n]?.slice(0, SAMPLE);
    return { value: String(n), label: sample === undefined ? name : say('columns.named', { name, sample }) };
  });
}

/** One value instead of a column. */
function Same({ form, field, label }: { readonly form: Form<Values>; readonly field: Field; readonly label: string }): ReactNode {
  const { data: me } = useMe();
  const name = `same_${field}` as const;
  const choices = useMeanings()(field);
  if (field === 'on') return <TextField {...{ form, name, label }} type="date" max={today()} />;
  if (field === 'comune') return <ComuneField {...{ form, name, label }} region={me?.data.region} />;
  return <Select {...{ form, name, label }} choices={choices} />;
}

/** What a word of a field can mean. */
export function useMeanings(): (field: Field) => readonly Choice[] {
  const codes = useCodes();
  const languages = useSpokenLanguages();
  const say = useText(contactStrings);
  return (field) => {
    switch (field) {
      case 'channel':
        return codes.of('contact-channel');
      case 'language':
        return languages.all;
      case 'met':
        return HOW_MET.map((value) => ({ value, label: say(`howMet.${value}`) }));
      case 'needs':
        return codes.of('need');
      case 'offered':
        return codes.of('service');
      default:
        return [];
    }
  };
}
