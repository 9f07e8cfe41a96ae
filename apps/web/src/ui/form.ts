import { useRef, useState } from 'react';
import { type DefaultValues, type FieldPath, type FieldValues, useForm, type UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '../api/problem';
import { type Language, useLanguage } from '../text/language';
import { refusalWords } from '../text/refusals';
import { useText } from '../text/strings';
import { uiStrings } from './strings';

export type Form<T extends FieldValues> = UseFormReturn<T>;

export interface ServerForm<T extends FieldValues> {
  readonly form: Form<T>;
  /** Checks what can be checked here, then asks `may`, then sends. */
  readonly submit: (event?: React.BaseSyntheticEvent, may?: () => boolean) => void;
  /** What the server refused beside single fields. */
  readonly problem: Error | null;
  readonly forget: () => void;
  readonly busy: boolean;
}

// Most forms are never refused; and a page of a former version may not find the words any more.
const fieldWords = (): Promise<(message: string, refused: string, language: Language) => string | undefined> =>
  import('../text/words-of-field').then(
    ({ wordsOfField }) => wordsOfField,
    () => () => undefined,
  );

/**
 * A form whose last word has the server: its field errors go to their fields by pointer, what was typed stays, and the first bad field gets
 * the focus.
 * @param rename where a pointer of the body belongs to a field of another name
 */
export function useServerForm<T extends FieldValues>(
  defaultValues: DefaultValues<T>,
  change: (values: T) => Promise<unknown>,
  rename: (field: string) => string = (field) => field,
): ServerForm<T> {
  const say = useText(uiStrings);
  const language = useLanguage();
  // Not by the library: it knows no field that stands for a hidden one, and goes by the order in which fields came to be.
  const form = useForm<T>({ defaultValues, shouldFocusError: false });
  const [problem, setProblem] = useState<Error | null>(null);
  /** The form that was sent: others on the page may have fields of the same names. */
  const sent = useRef<ParentNode>(document);
  const send = async (values: T): Promise<void> => {
    setProblem(null);
    try {
      await change(values);
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.errors : [];
      // A rule of a context may have words of its own for what is wrong with the field.
      const code = error instanceof ApiProblem ? error.code : '';
      const own = refusalWords(code, language);
      const wordsOf = fields.length > 0 && own === undefined ? await fieldWords() : undefined;
      const known = fields.map(({ pointer, message }) => ({
        field: fieldOf(form, rename(pointer.slice(1).replaceAll('/', '.'))),
        message,
      }));
      known.forEach(({ field, message }) => {
        if (field)
          form.setError(field, {
            type: 'server',
            message: own ?? wordsOf?.(message, code, language) ?? say('field.general'),
          });
      });
      const told = known.length > 0 && known.every(({ field }) => field !== undefined);
      setProblem(told ? null : (error as Error));
      requestAnimationFrame(() =>
        focusFirst(
          known.flatMap(({ field }) => field ?? []),
          sent.current,
        ),
      );
    }
  };
  return {
    form,
    submit: (event, may = () => true) => {
      // What the server refused last time says nothing about what is sent now.
      form.clearErrors();
      sent.current = (event?.currentTarget as HTMLFormElement | undefined) ?? document;
      const checked = form.handleSubmit(
        async (values) => (may() ? send(values) : undefined),
        (errors) => focusFirst(Object.keys(errors), sent.current),
      );
      void checked(event);
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

const fieldNamed = (name: string, within: ParentNode = document): HTMLElement | null =>
  within.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`);

export const focusField = (name: string, within?: ParentNode): void => fieldNamed(name, within)?.focus();

/** Names of fields as they follow each other on the screen. */
export function asOnScreen(names: readonly string[], within?: ParentNode): string[] {
  const fields = names.map((name) => ({ name, field: fieldNamed(name, within) }));
  const follows = (a: HTMLElement | null, b: HTMLElement | null): boolean =>
    a !== null && b !== null && (b.compareDocumentPosition(a) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return fields.sort((a, b) => (follows(a.field, b.field) ? 1 : follows(b.field, a.field) ? -1 : 0)).map(({ name }) => name);
}

function focusFirst(names: readonly string[], within: ParentNode): void {
  const [first] = asOnScreen(names, within);
  if (first !== undefined) focusField(first, within);
}

/** What stands above a field on the screen: its label, or the legend of its group. */
export function labelOfField(name: string): string | undefined {
  const field = fieldNamed(name);
  const legend = field?.closest('fieldset')?.querySelector('legend');
  const label = (field as HTMLInputElement | null)?.labels?.[0];
  return (legend ?? label)?.textContent.trim() || undefined;
}
