import { useState } from 'react';
import { type DefaultValues, type FieldPath, type FieldValues, useForm, type UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '../api/problem';
import { useLanguage } from '../text/language';
import { refusalWords } from '../text/refusals';
import { useText } from '../text/strings';
import { fieldWords } from './problem';
import { uiStrings } from './strings';

export type Form<T extends FieldValues> = UseFormReturn<T>;

export interface ServerForm<T extends FieldValues> {
  readonly form: Form<T>;
  readonly submit: (event?: React.BaseSyntheticEvent) => void;
  /** What the server refused beside single fields. */
  readonly problem: Error | null;
  readonly forget: () => void;
  readonly busy: boolean;
}

/**
 * A form whose last word has the server: its field errors go to their fields by pointer, what was typed stays, and the first bad field gets
 * the focus.
 * @param rename where a pointer of the body belongs to a field of another name
 */
export function useServerForm<T extends FieldValues>(
  defaultValues: DefaultValues<T>,
  send: (values: T) => Promise<unknown>,
  rename: (field: string) => string = (field) => field,
): ServerForm<T> {
  const say = useText(uiStrings);
  const language = useLanguage();
  const form = useForm<T>({ defaultValues, shouldFocusError: true });
  const [problem, setProblem] = useState<Error | null>(null);
  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await send(values);
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.errors : [];
      // A rule of a context may have words of its own for what is wrong with the field.
      const own = error instanceof ApiProblem ? refusalWords(error.code, language) : undefined;
      const known = fields.map(({ pointer, message }) => ({
        field: fieldOf(form, rename(pointer.slice(1).replaceAll('/', '.'))),
        message,
      }));
      known.forEach(({ field, message }) => {
        if (field) form.setError(field, { type: 'server', message: own ?? fieldWords(say, message) });
      });
      const told = known.length > 0 && known.every(({ field }) => field !== undefined);
      setProblem(told ? null : (error as Error));
      const first = known.find(({ field }) => field)?.field;
      if (first) requestAnimationFrame(() => focusField(first));
    }
  });
  return {
    form,
    submit: (event) => {
      // What the server refused last time says nothing about what is sent now.
      form.clearErrors();
      void submit(event);
    },
    problem,
    forget: () => {
      setProblem(null);
      form.clearErrors();
    },
    busy: form.formState.isSubmitting,
  };
}

/** `needs.2` belongs to the field `needs`. */
function fieldOf<T extends FieldValues>(form: Form<T>, pointer: string): FieldPath<T> | undefined {
  const names = Object.keys(form.getValues());
  return names.find((name) => pointer === name || pointer.startsWith(`${name}.`)) as FieldPath<T> | undefined;
}

const fieldNamed = (name: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`);

export const focusField = (name: string): void => fieldNamed(name)?.focus();

/** What stands above a field on the screen: its label, or the legend of its group. */
export function labelOfField(name: string): string | undefined {
  const field = fieldNamed(name);
  const legend = field?.closest('fieldset')?.querySelector('legend');
  const label = (field as HTMLInputElement | null)?.labels?.[0];
  return (legend ?? label)?.textContent.trim() || undefined;
}
