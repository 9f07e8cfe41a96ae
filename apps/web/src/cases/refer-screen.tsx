import { type ReactNode, useState } from 'react';
import { useRead } from '../api/query';
import { useText } from '../text/strings';
import { ButtonLink } from '../ui/button';
import { Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import type { CaseView } from './answers';
import { textOf } from './answers';
import type { CaseAccess } from './case-answers';
import { EMPTY_REFERRAL, ReferForm, type ReferValues } from './refer-form';
import { ReferPreview } from './refer-preview';
import { referStrings } from './refer-strings';
import '../referrals/refusals';
import { referRoute } from './routes';

/** Three moments: what is asked of whom, what they will see, and only then the sending. */
export function ReferScreen(): ReactNode {
  const { handle } = referRoute.useParams();
  const say = useText(referStrings);
  const view = useRead<CaseView>('/api/cases/{handle}', { params: { handle } });
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle } });
  const [values, setValues] = useState<ReferValues>();
  const [looking, setLooking] = useState(false);
  const [sent, setSent] = useState<string>();
  if (sent !== undefined) {
    return (
      <Screen title={say('done')} neutral={say('neutral')} key="done">
        <Notice tone="good">
          <ButtonLink to="/richieste/$handle" params={{ handle: sent }}>
            {say('open')}
          </ButtonLink>
        </Notice>
      </Screen>
    );
  }
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <Shown of={view}>
        {({ data: of }) => (
          <Shown of={access}>
            {({ data: { consents } }) => {
              const start = values ?? { ...EMPTY_REFERRAL, language: textOf(of.groups.REF?.language) ?? '' };
              return looking ? (
                <ReferPreview handle={handle} values={start} consents={consents} onBack={() => setLooking(false)} onSent={setSent} />
              ) : (
                <ReferForm
                  handle={handle}
                  start={start}
                  consents={consents}
                  onLook={(next) => {
                    setValues(next);
                    setLooking(true);
                  }}
                />
              );
            }}
          </Shown>
        )}
      </Shown>
    </Screen>
  );
}
