import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type DemoState, useDemo } from '../shell/demo';
import { signInAddress } from '../session/session';
import { useText } from '../text/strings';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import { Filling, Offer } from './filling';
import { startStrings } from './strings';
import { STORY_STEPS } from './story-steps';

/** The story as a guide: who one is, what one does, and the real screen where it happens. */
export function StoryScreen(): ReactNode {
  const say = useText(startStrings);
  const demo = useDemo();
  const screens: Readonly<Record<string, unknown>> = useRouter().routesByPath;
  return (
    <Screen title={say('story.title')}>
      <Shown of={demo}>
        {(state) =>
          state.demo ? (
            <>
              <p>{say('story.intro')}</p>
              <Filling state={state} />
              <ol className="rc-cards">
                {STORY_STEPS.filter(({ to }) => to in screens).map((step) => (
                  <li key={step.key} className="rc-card">
                    <Step step={step} state={state} />
                  </li>
                ))}
              </ol>
            </>
          ) : state.offered ? (
            <Offer />
          ) : (
            <Notice tone="warn" title={say('story.off')} />
          )
        }
      </Shown>
    </Screen>
  );
}

function Step({ step, state }: { readonly step: (typeof STORY_STEPS)[number]; readonly state: DemoState }): ReactNode {
  const say = useText(startStrings);
  const persona = state.personas.find(({ name }) => name.startsWith(`${step.who} `));
  return (
    <>
      <h2>{say(`story.steps.${step.key}.title`)}</h2>
      <p>{say(`story.steps.${step.key}.text`)}</p>
      {persona ? (
        <p>
          <a className="rc-button rc-button-second" href={signInAddress(step.to, { persona: persona.sub, acr: step.acr ?? '2' })}>
            {say('story.asWho', { name: step.who })} {say('story.then')} «{say(`story.steps.${step.key}.screen`)}»
          </a>
        </p>
      ) : null}
    </>
  );
}
