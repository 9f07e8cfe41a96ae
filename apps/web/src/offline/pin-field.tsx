import { type KeyboardEvent, type ReactNode, useId } from 'react';

/** A secret typed by hand: never offered to the browser's own store. */
export function PinField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={error === undefined ? 'rc-field' : 'rc-field rc-field-bad'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        className="rc-input"
        autoComplete="off"
        value={value}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className="rc-field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/**
 * Sends on Enter like a form, and is none: these stand inside other forms, and a browser that meets a form in a form sends the inner one by itself,
 * with a new page in the place of everything that was typed.
 */
export function Asking({ onEnter, children }: { readonly onEnter: () => void; readonly children: ReactNode }): ReactNode {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div role="group" onKeyDown={pressed}>
      {children}
    </div>
  );
}
