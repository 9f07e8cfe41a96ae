import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { type FieldPath, type FieldValues, useController } from 'react-hook-form';
import type { Choice } from '../text/codes';
import { useText } from '../text/strings';
import type { Form } from './form';
import { uiStrings } from './strings';

export interface FieldProps<T extends FieldValues> {
  readonly form: Form<T>;
  readonly name: FieldPath<T>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
}

/** Label, hint, the control itself, and what is wrong with it: tied together for everybody. */
export function Field<T extends FieldValues>({
  form,
  name,
  label,
  hint,
  optional = false,
  children,
}: FieldProps<T> & {
  readonly children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}): ReactNode {
  const id = useId();
  const say = useText(uiStrings);
  const error = form.getFieldState(name, form.formState).error?.message;
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error === undefined ? 'rc-field' : 'rc-field rc-field-bad'}>
      <label htmlFor={id}>{optional ? `${label} (${say('optional')})` : label}</label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="rc-field-hint">
          {hint}
        </p>
      )}
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      <ErrorLine id={id} error={error} />
    </div>
  );
}

export const ErrorLine = ({ id, error }: { readonly id: string; readonly error: string | undefined }): ReactNode =>
  error === undefined ? null : (
    <p id={`${id}-error`} className="rc-field-error">
      {error}
    </p>
  );

/** Spaces alone say nothing: the service takes them for nothing, too. */
const required = (optional: boolean | undefined, message: string) =>
  optional ? {} : { required: message, validate: (value: unknown) => (typeof value === 'string' && value.trim() === '' ? message : true) };

export function TextField<T extends FieldValues>({
  type = 'text',
  maxLength,
  min,
  max,
  autoComplete = 'off',
  ...field
}: FieldProps<T> & Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'maxLength' | 'min' | 'max' | 'autoComplete'>): ReactNode {
  const say = useText(uiStrings);
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          {...field.form.register(field.name, required(field.optional, say('missing')))}
          {...{ type, maxLength, min, max, autoComplete }}
          className="rc-input"
        />
      )}
    </Field>
  );
}

export function LongText<T extends FieldValues>({
  maxLength,
  minLength,
  ...field
}: FieldProps<T> & { readonly maxLength?: number; readonly minLength?: number }): ReactNode {
  const say = useText(uiStrings);
  const rules = {
    ...required(field.optional, say('missing')),
    ...(minLength === undefined ? {} : { minLength: { value: minLength, message: say('field.short', { least: minLength }) } }),
  };
  return (
    <Field {...field}>
      {(control) => (
        <textarea {...control} {...field.form.register(field.name, rules)} maxLength={maxLength} className="rc-input" autoComplete="off" />
      )}
    </Field>
  );
}

/**
 * The value lives in the form and not in the element: choices often come from the server after the field is there, and a browser forgets a
 * chosen value that it has no choice for.
 */
export function Select<T extends FieldValues>({ choices, ...field }: FieldProps<T> & { readonly choices: readonly Choice[] }): ReactNode {
  const say = useText(uiStrings);
  const { form, name } = field;
  const { field: chosen } = useController({ control: form.control, name, rules: required(field.optional, say('missing')) });
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} {...chosen} value={chosen.value ?? ''} className="rc-input">
          <option value="">{say('choose')}</option>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
