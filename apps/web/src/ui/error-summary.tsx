import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useText } from '../text/strings';
import { asOnScreen, focusField, labelOfField, type ServerForm } from './form';
import { Notice } from './notice';
import { ProblemNotice } from './problem';
import { uiStrings } from './strings';

/** Above a form: the fields that have to be looked at, and what the server refused beside them. */
export function ErrorSummary<T extends FieldValues>({
  of: { form, problem },
  words,
}: {
  readonly of: ServerForm<T>;
  readonly words?: Readonly<Record<string, string>>;
}): ReactNode {
  const say = useText(uiStrings);
  const { errors } = form.formState;
  const bad = asOnScreen(Object.keys(errors)).flatMap((name) => {
    const message = errors[name]?.message;
    return name !== 'root' && typeof message === 'string' ? [{ name, message }] : [];
  });
  return (
    <>
      {bad.length > 1 ? (
        <Notice tone="danger" title={say('summary.title')}>
          <ul>
            {bad.map(({ name, message }) => (
              <li key={name}>
                <a
                  href={`#${name}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusField(name, event.currentTarget.closest('form') ?? document);
                  }}
                >
                  {[labelOfField(name), message].filter(Boolean).join(': ')}
                </a>
              </li>
            ))}
          </ul>
          <p>{say('summary.intro')}</p>
        </Notice>
      ) : null}
      <ProblemNotice error={problem} {...(words ? { words } : {})} />
    </>
  );
}
