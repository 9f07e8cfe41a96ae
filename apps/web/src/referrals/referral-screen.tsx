import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Purpose } from '../api/client';
import { useRead } from '../api/query';
import type { CaseView } from '../cases/answers';
import { GroupsView } from '../cases/groups-view';
import { useColleagues, useDirectory } from '../people/directory';
import { useCodes, useSpokenLanguages } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Card, Facts, Notice } from '../ui/notice';
import { Screen, Shown } from '../ui/screen';
import type { ReferralView, SentTerms, Terms } from './answers';
import { Clarifications } from './clarifications';
import { OwnActions } from './own-actions';
import { ReceiverActions } from './receiver-actions';
import { ENDED, Stages, StatusBadge } from './referral-parts';
import './refusals';
import { referralRoute } from './routes';
import { referralStrings } from './strings';

export function ReferralScreen(): ReactNode {
  const { handle } = referralRoute.useParams();
  const say = useText(referralStrings);
  const read = useRead<ReferralView>('/api/referrals/{handle}', { params: { handle }, lively: true });
  const view = read.data?.data;
  return (
    <Screen title={view?.codename ?? '…'} neutral={say('neutral')} aside={view ? <StatusBadge status={view.status} /> : undefined}>
      <Shown of={read}>
        {({ data, etag }) => {
          const record = { path: '/api/referrals/{handle}', params: { handle }, etag } as const;
          const whole = data.sent !== null || data.terms !== null;
          return (
            <>
              <Stages status={data.status} />
              {ENDED.includes(data.status) ? (
                <Notice title={say('ended')}>{data.status === 'Expired' ? <p>{say('expired')}</p> : null}</Notice>
              ) : null}
              <Card>
                <OfferFacts view={data} />
                {whole ? null : <p className="rc-soft">{say('offerOnly')}</p>}
              </Card>
              {data.side === 'receiver' ? <ReceiverActions view={data} record={record} /> : <OwnActions view={data} record={record} />}
              {data.terms ? <TermsOf terms={data.terms} status={data.status} /> : null}
              {data.sent ? <SentFacts sent={data.sent} /> : null}
              {whole ? <Clarifications view={data} record={record} /> : null}
            </>
          );
        }}
      </Shown>
    </Screen>
  );
}

function OfferFacts({ view }: { readonly view: ReferralView }): ReactNode {
  const say = useText(referralStrings);
  const codes = useCodes();
  const spoken = useSpokenLanguages();
  const { instant } = useDates();
  const { service, region, urgency, language } = view.offer;
  return (
    <Facts
      of={[
        [say('facts.service'), codes.label('service', service)],
        [say('facts.region'), codes.label('region', region)],
        [say('facts.urgency'), codes.label('urgency', urgency)],
        [say('facts.language'), spoken.name(language)],
        ...(view.due ? ([[say('facts.due'), instant(view.due)]] as const) : []),
      ]}
    />
  );
}

/** For the people named on the receiving side: the terms, and the case as the stage shows it. */
function TermsOf({ terms, status }: { readonly terms: Terms; readonly status: string }): ReactNode {
  const say = useText(referralStrings);
  const purpose: Purpose = status === 'UnderReview' ? 'referral_assessment' : terms.purpose;
  const read = useRead<CaseView>('/api/cases/{handle}', { params: { handle: terms.case }, purpose, expected: true });
  return (
    <>
      <Card>
        <CommonFacts terms={terms} />
      </Card>
      <section aria-labelledby="summary">
        <div className="rc-head">
          <h2 id="summary">{say('summary')}</h2>
          <Link to="/casi/$handle" params={{ handle: terms.case }} search={{ scopo: purpose }} className="rc-button rc-button-second">
            {say('toCase')}
          </Link>
        </div>
        <Shown of={read}>
          {({ data }) => (
            <>
              <p className="rc-big">{data.codename}</p>
              <GroupsView level={3} groups={data.groups} />
            </>
          )}
        </Shown>
      </section>
    </>
  );
}

function CommonFacts({
  terms,
  children,
}: {
  readonly terms: Terms;
  readonly children?: readonly (readonly [string, ReactNode])[];
}): ReactNode {
  const say = useText(referralStrings);
  const codes = useCodes();
  const directory = useDirectory();
  return (
    <Facts
      of={[
        [say('facts.sender'), directory.name(terms.sender)],
        [say('facts.reason'), codes.label('referral-reason', terms.reason)],
        [say('facts.purpose'), codes.label('purpose', terms.purpose)],
        [say('facts.mode'), say(`modes.${terms.mode}`)],
        [say('facts.groups'), terms.groups.map((group) => codes.label('field-group', group)).join(', ')],
        ...(children ?? []),
      ]}
    />
  );
}

function SentFacts({ sent }: { readonly sent: SentTerms }): ReactNode {
  const say = useText(referralStrings);
  const directory = useDirectory();
  const colleagues = useColleagues();
  return (
    <Card>
      <CommonFacts terms={sent}>
        {[
          [say('facts.receiver'), directory.name(sent.receiver.team ?? sent.receiver.organisation)],
          ...(sent.responsible
            ? ([[say('facts.responsible'), colleagues.name(sent.responsible) ?? directory.name(sent.receiver.organisation)]] as const)
            : []),
        ]}
      </CommonFacts>
      <p>
        <Link to="/casi/$handle" params={{ handle: sent.case }}>
          {say('toCase')}
        </Link>
      </p>
    </Card>
  );
}
