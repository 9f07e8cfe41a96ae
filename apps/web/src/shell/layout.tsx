import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { LiveUpdates } from '../live/live-updates';
import { SessionGuard } from '../session/session-guard';
import { useNoOldPages, useQuickExitKeys } from '../session/quick-exit';
import { rolesOf, useMe } from '../session/session';
import { useText } from '../text/strings';
import { useDemo } from './demo';
import { Header } from './header';
import { isTheirs, navigationFor } from './navigation';
import { NotFound } from './not-found';
import { shellStrings } from './strings';
import { useWhole } from './whole';

// A page of a former version may not find it: what somebody is writing must stay.
const Keeper = lazy(() => import('../offline/keeper').catch(() => ({ default: () => null })));

/** What stands around every screen. */
export function Layout(): ReactNode {
  const say = useText(shellStrings);
  const main = useRef<HTMLElement>(null);
  useQuickExitKeys();
  useNoOldPages();
  const { data: me } = useMe();
  const { data: demo } = useDemo();
  const whole = useWhole();
  const roles = rolesOf(me?.data);
  const items = navigationFor(roles, me?.data.kind);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <a
        className="rc-skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {say('skip')}
      </a>
      <Header invented={demo?.demo ?? 'invented' in document.documentElement.dataset} />
      <Suspense>
        <Keeper />
      </Suspense>
      <div className={`rc-body${items.length > 0 ? '' : ' rc-body-wide'}${whole ? '' : ' rc-body-coming'}`}>
        {items.length > 0 ? <Navigation items={items} /> : null}
        <main id="main" ref={main} tabIndex={-1}>
          {isTheirs(path, roles, me?.data.kind) ? <Outlet /> : <NotFound />}
        </main>
      </div>
      <LiveUpdates />
      <footer className="rc-foot rc-no-print">
        <p>
          <Link to="/accessibilita">{say('accessibility')}</Link> · {say('exitHelp')}
        </p>
      </footer>
      <SessionGuard />
    </>
  );
}

function Navigation({ items }: { readonly items: ReturnType<typeof navigationFor> }): ReactNode {
  const say = useText(shellStrings);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // The longest address that the present one begins with: `/casi/…` is part of `/casi`.
  const current = items.filter(({ to }) => path === to || path.startsWith(`${to}/`)).sort((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav className="rc-nav rc-no-print" aria-label={say('navigation')}>
      <ul>
        {items.map(({ to, label }) => (
          <li key={to}>
            {/* Exact: the router would mark `/contatti` too where `/contatti/nuovo` has a line of its own. */}
            <Link to={to} activeOptions={{ exact: true, includeSearch: false }} aria-current={current?.to === to ? 'page' : undefined}>
              {say(`nav.${label}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
