import { type ReactNode, useId } from 'react';
import type { FieldValues } from 'react-hook-form';
import { type Choice, useCodes, useSpokenLanguages } from '../text/codes';
import { useText } from '../text/strings';
import { ErrorLine, type FieldProps, Select } from './fields';
import { uiStrings } from './strings';

/** One of a code list of the server. `only` keeps those that make sense here. */
export function CodeSelect<T extends FieldValues>({
  list,
  only,
  ...field
}: FieldProps<T> & { readonly list: string; readonly only?: readonly string[] }): ReactNode {
  const all = useCodes().of(list);
  return <Select {...field} choices={only ? all.filter(({ value }) => only.includes(value)) : all} />;
}

export function LanguageSelect<T extends FieldValues>(field: FieldProps<T>): ReactNode {
  return <Select {...field} choices={useSpokenLanguages().all} />;
}

/** Several of some choices: native boxes, one target each. */
export function Choices<T extends FieldValues>({
  choices,
  form,
  name,
  label,
  hint,
  optional = false,
}: FieldProps<T> & { readonly choices: readonly Choice[] }): ReactNode {
  const id = useId();
  const say = useText(uiStrings);
  const error = form.getFieldState(name, form.formState).error?.message;
  const rules = optional ? {} : { validate: (value: unknown) => (Array.isArray(value) && value.length > 0) || say('missing') };
  return (
    <fieldset
      className={error === undefined ? 'rc-field' : 'rc-field rc-field-bad'}
      aria-describedby={
        [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ') || undefined
      }
    >
      <legend>{optional ? `${label} (${say('optional')})` : label}</legend>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="rc-field-hint">
          {hint}
        </p>
      )}
      <div className="rc-choices">
        {choices.map(({ value, label: words }) => (
          <label key={value} className="rc-choice">
            <input type="checkbox" value={value} {...form.register(name, rules)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
      <ErrorLine id={id} error={error} />
    </fieldset>
  );
}

export function CodeChoices<T extends FieldValues>({
  list,
  only,
  ...field
}: FieldProps<T> & { readonly list: string; readonly only?: readonly string[] }): ReactNode {
  const all = useCodes().of(list);
  return <Choices {...field} choices={only ? all.filter(({ value }) => only.includes(value)) : all} />;
}

/** One yes or no. */
export function Tick<T extends FieldValues>({ form, name, label }: FieldProps<T>): ReactNode {
  return (
    <label className="rc-choice rc-field">
      <input type="checkbox" {...form.register(name)} />
      <span>{label}</span>
    </label>
  );
}
