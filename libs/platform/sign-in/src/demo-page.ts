import type { Persona } from './demo-issuer';
import { escaped, INVENTED_NOTICE } from './pages';

const LEVELS = [
  ['1', 'Livello 1 – solo password', 'password only'],
  ['2', 'Livello 2 – due fattori (SPID 2, CIE 2)', 'two factors'],
  ['3', 'Livello 3 – due fattori con dispositivo certificato (SPID 3, CIE 3)', 'two factors, certified device'],
] as const;

const radio = (name: string, value: string, label: string, chosen: boolean): string =>
  `<label><input type="radio" name="${name}" value="${escaped(value)}" required${chosen ? ' checked' : ''}><span>${label}</span></label>`;

/** The form on which one chooses who to be: plain HTML, works with the keyboard and without scripts. */
export function demoPage(
  personas: readonly Persona[],
  chosen: { persona?: string | null | undefined; acr?: string | null | undefined },
  incomplete: boolean,
): { title: string; body: string } {
  const acr = LEVELS.some(([level]) => level === chosen.acr) ? chosen.acr : '2';
  const people = personas.map(({ sub, name, label }) =>
    radio('persona', sub, `<strong>${escaped(name)}</strong> – ${escaped(label)}`, sub === chosen.persona),
  );
  const levels = LEVELS.map(([level, italian, english]) =>
    radio('acr', level, `${italian} <span lang="en">(${english})</span>`, level === acr),
  );
  const body =
    INVENTED_NOTICE +
    '<main><h1>Accesso dimostrativo</h1>' +
    (incomplete ? '<p role="alert"><strong>Scegli una persona e un livello di accesso.</strong></p>' : '') +
    '<form method="post">' +
    `<fieldset><legend>Chi sei? <span lang="en">(who are you)</span></legend>${people.join('')}</fieldset>` +
    `<fieldset><legend>Livello di accesso <span lang="en">(strength of sign-in)</span></legend>${levels.join('')}</fieldset>` +
    '<button type="submit">Entra</button></form></main>';
  return { title: 'Accesso dimostrativo', body };
}
