import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem';
import { type Language, useLanguage } from '../text/language';
import { RARE_REFUSALS } from '../text/rare-refusals';
import { wordsOfField } from '../text/words-of-field';

/** A refusal that no screen has words of its own for: fetched when there is one. */
export function RareRefusal({ of }: { readonly of: ApiProblem }): ReactNode {
  const language = useLanguage();
  if (of.status === 400) return faultsOf(of, language).map((words) => <p key={words}>{words}</p>);
  const words = language === 'it' ? RARE_REFUSALS[of.code] : undefined;
  return words === undefined ? <p lang="en">{of.detail}</p> : <p>{words}</p>;
}

/** What is wrong with what was sent, where the screen has no field to say it at. */
function faultsOf({ code, detail, errors }: ApiProblem, language: Language): readonly string[] {
  const messages = errors.length > 0 ? errors.map(({ message }) => message) : [detail];
  return [...new Set(messages.flatMap((message) => wordsOfField(message, code, language) ?? []))];
}
