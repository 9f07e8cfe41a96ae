type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const FIELDS = 'input:not([type=password]):not([readonly]), textarea, select';

/** What stood in a field when somebody first came to it. */
const before = new WeakMap<Element, string>();
const valueOf = (field: Field): string =>
  field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type) ? String(field.checked) : field.value;

/** Remembers how fields were, from their first touch on. For every form alike: one that forgot to say so could lose what is typed in it. */
export function watchTyping(): void {
  const note = ({ target }: Event): void => {
    if (target instanceof Element && target.matches(FIELDS) && !before.has(target)) before.set(target, valueOf(target as Field));
  };
  for (const event of ['pointerdown', 'focusin', 'beforeinput']) document.addEventListener(event, note, true);
}

/** Whether something stands in this page that somebody wrote or chose and that is not as it was. */
export const isTypedHere = (): boolean =>
  [...document.querySelectorAll<Field>(FIELDS)].some((field) => before.has(field) && before.get(field) !== valueOf(field));
