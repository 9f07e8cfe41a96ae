import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem';
import { useLanguage } from '../text/language';
import { RARE_REFUSALS } from '../text/rare-refusals';

/** A refusal that no screen has words of its own for: fetched when there is one. */
export function RareRefusal({ of: { code, detail } }: { readonly of: ApiProblem }): ReactNode {
  const words = useLanguage() === 'it' ? RARE_REFUSALS[code] : undefined;
  return words === undefined ? <p lang="en">{detail}</p> : <p>{words}</p>;
}
