import type { ReactNode } from 'react';
import { useDirectory } from '../people/directory';
import { useText } from '../text/strings';
import { Card, Notice } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import { DialogActs } from '../ui/acts';
import { Act, REFERRAL_PATHS } from './actions';
import type { ReferralView } from './answers';
import { ReasonForm } from './reason-form';
import { asItStands, ENDED } from './referral-parts';
import { referralStrings } from './strings';

/** What the sending side can do next. */
export function OwnActions({ view, record }: { readonly view: ReferralView; readonly record: Versioned }): ReactNode {
  const say = useText(referralStrings);
  const directory = useDirectory();
  if (ENDED.includes(view.status)) return null;
  const to = view.sent?.redirectProposed ?? null;
  return (
    <Card label={say('own.title')}>
      {view.status === 'Drafted' ? <Notice title={say('own.draft')} /> : null}
      {to === null ? null : (
        <Notice title={say('own.redirected', { name: directory.name(to) })}>
          <RecordForm<'/api/referrals/{handle}/redirect', Record<string, never>>
            path="/api/referrals/{handle}/redirect"
            params={record.params}
            record={record}
            initial={{}}
            body={() => ({ to })}
            refresh={REFERRAL_PATHS}
            submit={say('own.redirect', { name: directory.name(to) })}
            yours={() => <p>{say('own.redirect', { name: directory.name(to) })}</p>}
            theirs={asItStands}
            onDone={() => undefined}
          />
        </Notice>
      )}
      {view.status === 'OutcomeReported' ? (
        <>
          <p>{say('own.closeText')}</p>
          <Act path="/api/referrals/{handle}/closure" record={record} label={say('own.close')} />
        </>
      ) : (
        <DialogActs
          acts={[
            {
              key: 'withdraw',
              label: say('own.withdraw'),
              title: say('own.withdrawTitle'),
              kind: 'danger',
              form: (onDone) => (
                <ReasonForm
                  path="/api/referrals/{handle}/withdrawal"
                  list="referral-withdrawal"
                  record={record}
                  submit={say('own.withdraw')}
                  onDone={onDone}
                />
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
