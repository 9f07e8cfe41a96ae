import { type ReactNode, useState } from 'react';
import { useText } from '../text/strings';
import { decisionStrings } from './decision-strings';
import { takeVersion, type VersionState } from './take-version';
import { isTypedHere } from './typed-here';

/** There is a newer application: taken when somebody says so, and never over what they have just written. */
export function VersionLine({ version }: { readonly version: Exclude<VersionState, 'current'> }): ReactNode {
  const say = useText(decisionStrings);
  const [asking, setAsking] = useState(false);
  const take = (): void => (isTypedHere() ? setAsking(true) : takeVersion());
  if (asking) {
    return (
      <span>
        <strong>{say('version.typed')}</strong>{' '}
        <button type="button" className="rc-plain" onClick={() => setAsking(false)}>
          {say('version.stay')}
        </button>{' '}
        <button type="button" className="rc-plain" onClick={takeVersion}>
          {say('version.anyway')}
        </button>
      </span>
    );
  }
  return (
    <span>
      {say(`version.${version}`)}{' '}
      <button type="button" className="rc-plain" onClick={take}>
        {say('version.take')}
      </button>
    </span>
  );
}
