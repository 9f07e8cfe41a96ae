import type { ReactNode } from 'react';
import { useText } from '../text/strings';
import { Badge } from '../ui/notice';
import type { ReadModel } from './system-answers';
import { isModel, modelStrings } from './system-models';
import { systemStrings } from './system-strings';

/** What a read model is for, in words; one this page does not know yet is called by its name. */
export function useModelName(): (name: string) => string {
  const say = useText(modelStrings);
  return (name) => (isModel(name) ? say(name) : name);
}

/** In words, and below as commands and logs call it. */
export function ModelName({ name }: { readonly name: string }): ReactNode {
  const nameOf = useModelName();
  return (
    <>
      {nameOf(name)}
      <br />
      <code className="rc-handle rc-soft">{name}</code>
    </>
  );
}

/** How it is, and what to do where something has to be looked at. */
export function ModelState({ model: { name, acts, state, behind = 0, parked } }: { readonly model: ReadModel }): ReactNode {
  const say = useText(systemStrings);
  return (
    <>
      {state === 'stopped' ? (
        <Badge tone="danger">{say('stopped')}</Badge>
      ) : behind > 0 ? (
        <Badge>{say('behind', { count: behind })}</Badge>
      ) : parked > 0 ? null : (
        <Badge tone="good">{say(acts ? 'works' : 'upToDate')}</Badge>
      )}
      {state === 'stopped' ? <p>{say('stoppedText')}</p> : null}
      {parked > 0 ? (
        <>
          <p>
            <Badge tone="warn">{say('parked', { count: parked })}</Badge>
          </p>
          <p>
            {say('parkedText', { name })} {acts ? '' : say('parkedModel')}
          </p>
        </>
      ) : null}
    </>
  );
}
