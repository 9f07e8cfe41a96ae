import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Me, rolesOf, type Session, signInAddress, useMe, useSession } from '../session/session';
import { SignOutButton } from '../session/sign-out';
import { QuickExitButton } from '../session/quick-exit';
import { useRead } from '../api/query';
import { chooseLanguage, useLanguage } from '../text/language';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { PersonaSwitcher } from './persona-switcher';
import { shellStrings } from './strings';

export function Header({ invented }: { readonly invented: boolean }): ReactNode {
  const say = useText(shellStrings);
  const language = useLanguage();
  const other = language === 'it' ? 'en' : 'it';
  const { data: session } = useSession();
  const { data: me } = useMe();
  return (
    <header className="rc-header">
      {invented ? <p className="rc-invented">{say('invented')}</p> : null}
      <div className="rc-header-row">
        <Link to="/" className="rc-header-name">
          Rete Casi
        </Link>
        {me ? <Who me={me.data} /> : null}
        <div className="rc-header-tools rc-no-print">
          <button type="button" className="rc-plain" lang={other} onClick={() => void chooseLanguage(other)}>
            {say('otherLanguage')}
          </button>
          {session?.signedIn ? (
            <YourMenu acr={session.acr ?? 1} way={session.way} />
          ) : session && session.way !== 'none' ? (
            <a className="rc-plain" href={signInAddress('/')}>
              {say('signIn')}
            </a>
          ) : null}
          <QuickExitButton />
        </div>
      </div>
    </header>
  );
}

function Who({ me }: { readonly me: Me }): ReactNode {
  const { of, label } = useCodes();
  const { data } = useRead<{ designation: string }>('/api/organisations/{organisation}', {
    params: { organisation: me.organisation },
    steady: true,
  });
  const roles = rolesOf(me)
    .map((role) => label('role', role))
    .join(', ');
  return (
    <p className="rc-header-who">
      {data?.data.designation ?? ''}
      <br />
      {me.name ?? ''}
      {of('role').length > 0 ? <span className="rc-header-roles"> · {roles}</span> : null}
    </p>
  );
}

function YourMenu({ acr, way }: { readonly acr: number; readonly way: Session['way'] }): ReactNode {
  const say = useText(shellStrings);
  const here = location.pathname;
  return (
    <details className="rc-menu">
      <summary className="rc-plain">{say('menu')}</summary>
      <div className="rc-menu-panel">
        <p>{say('level', { acr })}</p>
        {acr < 2 ? (
          <p>
            <a href={signInAddress(here, { acr: '2' })}>{say('stronger')}</a>
          </p>
        ) : null}
        <PersonaSwitcher />
        {way === 'local' ? (
          <p>
            <Link to="/modi-di-entrare">{say('ways')}</Link>
          </p>
        ) : null}
        <SignOutButton />
      </div>
    </details>
  );
}
