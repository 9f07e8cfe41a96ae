import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rolesOf, type Session, signInAddress, useMe, useSession } from '../session/session';
import { useDemo } from '../shell/demo';
import { navigationFor } from '../shell/navigation';
import { shellStrings } from '../shell/strings';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { startStrings } from './strings';

/** Where everybody comes in: who is signed in goes on to their own first screen. */
export function HomeScreen(): ReactNode {
  const session = useSession();
  const me = useMe();
  const shell = useText(shellStrings);
  if (session.data?.signedIn) {
    return (
      <Shown of={me}>
        {({ data }) => {
          const first = navigationFor(rolesOf(data), data.kind)[0];
          if (first) return <Navigate to={first.to} replace />;
          return (
            <Screen title={shell('noRole.title')}>
              <p>{shell('noRole.text')}</p>
            </Screen>
          );
        }}
      </Shown>
    );
  }
  return <Shown of={session}>{(data) => <Welcome way={data.way} />}</Shown>;
}

function Welcome({ way }: { readonly way: Session['way'] }): ReactNode {
  const say = useText(startStrings);
  const { data: demo } = useDemo();
  const possible = demo !== undefined && (demo.demo || demo.offered);
  return (
    <Screen title={say('welcome.title')}>
      <p>{say('welcome.intro')}</p>
      <div className="rc-two">
        <section className="rc-card" aria-labelledby="story">
          <h2 id="story">{say('welcome.story')}</h2>
          <p>{say(possible ? 'welcome.storyText' : 'welcome.storyOff')}</p>
          {possible ? <ButtonLink to="/storia">{say('welcome.story')}</ButtonLink> : <pre>DEMO=true npm start</pre>}
        </section>
        <section className="rc-card" aria-labelledby="real">
          <h2 id="real">{say('welcome.real')}</h2>
          <p>{say('welcome.realText')}</p>
          <ButtonLink to="/avvio" kind="second">
            {say('welcome.real')}
          </ButtonLink>
        </section>
      </div>
      {way === 'none' ? (
        <Notice tone="warn" title={say('welcome.noWay')} />
      ) : (
        <p>
          <a className="rc-button rc-button-second" href={signInAddress('/')}>
            {say('welcome.enter')}
          </a>
        </p>
      )}
    </Screen>
  );
}
