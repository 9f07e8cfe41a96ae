import { type ReactNode, useId, useState } from 'react';
import { signInAddress } from '../session/session';
import { useText } from '../text/strings';
import { useDemo } from './demo';
import { shellStrings } from './strings';

/** In demo mode: leads to the real sign-in with the chosen persona marked. */
export function PersonaSwitcher({ goto = '/' }: { readonly goto?: string }): ReactNode {
  const say = useText(shellStrings);
  const id = useId();
  const { data } = useDemo();
  const [sub, setSub] = useState('');
  if (!data?.demo) return null;
  const chosen = sub || (data.personas[0]?.sub ?? '');
  return (
    <div className="rc-field">
      <label htmlFor={id}>{say('persona')}</label>
      <select id={id} className="rc-input" value={chosen} onChange={(event) => setSub(event.target.value)}>
        {data.personas.map((persona) => (
          <option key={persona.sub} value={persona.sub}>
            {persona.name} – {persona.label}
          </option>
        ))}
      </select>
      <div className="rc-actions">
        <a className="rc-button" href={signInAddress(goto, { persona: chosen, acr: '2' })}>
          {say('personaGo')}
        </a>
      </div>
    </div>
  );
}
