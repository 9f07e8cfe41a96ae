import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Shown } from '../ui/screen';
import { Table } from '../ui/table';
import { AskConsentForm } from './ask-consent-form';
import type { CaseAccess, ConsentLine } from './case-answers';
import { AnswerConsent, WithdrawConsent } from './consent-answers';
import { ConsentStatus } from './consent-status';
import { consentStrings } from './consent-strings';

const LegalBases = lazy(() => import('./legal-bases'));

/** What the person agreed to, with whom and until when: each is asked, and can be withdrawn, on its own. */
export function ConsentsPart({ handle }: { readonly handle: string }): ReactNode {
  const page = useText(consentStrings);
  const codes = useCodes();
  const directory = useDirectory();
  const { day } = useDates();
  const access = useRead<CaseAccess>('/api/cases/{handle}/access', { params: { handle }, lively: true });
  const [asking, setAsking] = useState(false);
  const [answering, setAnswering] = useState<ConsentLine>();
  const [withdrawing, setWithdrawing] = useState<ConsentLine>();
  return (
    <Shown of={access}>
      {({ data }) => (
        <>
          {data.consents.length === 0 ? (
            <p>{page('consents.none')}</p>
          ) : (
            <Table
              caption={page('consents.caption')}
              rows={data.consents}
              keyOf={(one) => one.handle}
              columns={[
                { title: page('consents.recipient'), cell: (one) => directory.name(one.recipient) },
                { title: page('consents.purpose'), cell: (one) => codes.label('purpose', one.purpose) },
                { title: page('consents.groups'), cell: (one) => one.groups.map((group) => codes.label('field-group', group)).join(', ') },
                {
                  title: page('consents.status'),
                  cell: (one) => (
                    <>
                      <ConsentStatus status={one.status} />
                      {one.expires ? ` ${page('consents.expires')} ${day(one.expires)}` : ''}
                    </>
                  ),
                },
                {
                  title: page('consents.answer'),
                  cell: (one) =>
                    one.status === 'Asked' ? (
                      <Button kind="second" onClick={() => setAnswering(one)}>
                        {page('consents.answer')}
                      </Button>
                    ) : one.status === 'Given' ? (
                      <Button kind="second" onClick={() => setWithdrawing(one)}>
                        {page('consents.withdraw')}
                      </Button>
                    ) : (
                      '–'
                    ),
                },
              ]}
            />
          )}
          <Actions>
            <Button onClick={() => setAsking(true)}>{page('consents.ask')}</Button>
          </Actions>
          <Dialog title={page('consents.ask')} open={asking} onClose={() => setAsking(false)}>
            <AskConsentForm handle={handle} onDone={() => setAsking(false)} />
          </Dialog>
          <Dialog title={page('consents.answerTitle')} open={answering !== undefined} onClose={() => setAnswering(undefined)}>
            {answering ? <AnswerConsent of={handle} consent={answering} onDone={() => setAnswering(undefined)} /> : null}
          </Dialog>
          <Dialog title={page('consents.withdrawTitle')} open={withdrawing !== undefined} onClose={() => setWithdrawing(undefined)}>
            {withdrawing ? <WithdrawConsent of={handle} consent={withdrawing} onDone={() => setWithdrawing(undefined)} /> : null}
          </Dialog>
          <Suspense>
            <LegalBases handle={handle} bases={data.legalBases} />
          </Suspense>
        </>
      )}
    </Shown>
  );
}
