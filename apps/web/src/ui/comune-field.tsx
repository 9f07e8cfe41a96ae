import { type ReactNode, useEffect, useId, useState } from 'react';
import type { FieldValues, PathValue } from 'react-hook-form';
import { useRead } from '../api/query';
import { type Comune, knownComune, knownComuni } from '../text/known-comuni';
import { useText } from '../text/strings';
import { Field, type FieldProps } from './fields';
import { uiStrings } from './strings';

const PAUSE = 200;

/** A municipality by the first letters of its name: an editable combobox with a list, as the ARIA practices describe it. */
export function ComuneField<T extends FieldValues>({
  region,
  ...field
}: FieldProps<T> & { readonly region?: string | undefined }): ReactNode {
  const say = useText(uiStrings);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  // A value that came from elsewhere, as a draft: its name is looked up once.
  const value = field.form.watch(field.name) as string;
  const { data: named } = useRead<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', {
    query: { istat: value },
    enabled: value !== '' && typed === '' && knownComune(value) === undefined,
    steady: true,
  });
  useEffect(() => {
    const comune = value === '' || typed !== '' ? undefined : (knownComune(value) ?? named?.data.items[0]);
    if (comune) setTyped(`${comune.name} (${comune.province})`);
  }, [value, typed, named]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isError } = useRead<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', {
    query: { prefix: asked, ...(region === undefined ? {} : { region: region as never }), limit: 8 },
    enabled: open && asked.length >= 2,
    steady: true,
  });
  // Without a line, out of what was taken along.
  const items = data?.data.items ?? (isError ? knownComuni(asked, 8) : []);
  const found = open && asked.length >= 2 ? items : [];
  const choose = (comune: Comune): void => {
    setTyped(`${comune.name} (${comune.province})`);
    field.form.setValue(field.name, comune.istat as PathValue<T, typeof field.name>, { shouldDirty: true, shouldValidate: true });
    setOpen(false);
  };
  const onKeys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setAt((n) => Math.min(found.length - 1, n + 1)),
    ArrowUp: () => setAt((n) => Math.max(0, n - 1)),
    Enter: () => found[at] && choose(found[at]),
    Escape: () => setOpen(false),
  };
  return (
    <Field {...field} hint={field.hint ?? say('comune.hint')}>
      {(control) => (
        <>
          <input
            {...control}
            className="rc-input"
            role="combobox"
            autoComplete="off"
            data-field={field.name}
            aria-autocomplete="list"
            aria-expanded={found.length > 0}
            aria-controls={list}
            aria-activedescendant={found[at] ? `${list}-${found[at].istat}` : undefined}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
              setOpen(true);
              field.form.setValue(field.name, '' as PathValue<T, typeof field.name>);
            }}
            onKeyDown={(event) => {
              if (found.length === 0 || !onKeys[event.key]) return;
              event.preventDefault();
              onKeys[event.key]?.();
            }}
            onBlur={() => setTimeout(() => setOpen(false), PAUSE)}
          />
          <input type="hidden" {...field.form.register(field.name, field.optional ? {} : { required: say('missing') })} />
          <span role="status" className="rc-sr">
            {found.length > 0 ? say('comune.found', { count: found.length }) : ''}
          </span>
          <ul id={list} role="listbox" aria-label={field.label} className="rc-options" hidden={found.length === 0}>
            {found.map((comune, n) => (
              <li
                key={comune.istat}
                id={`${list}-${comune.istat}`}
                role="option"
                aria-selected={n === at}
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(comune);
                }}
              >
                {comune.name} ({comune.province})
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  );
}
