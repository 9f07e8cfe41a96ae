import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useDirectory } from '../people/directory';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useDates } from '../text/dates';
import { useText } from '../text/strings';
import { Act, DialogActs, ReasonAct } from '../ui/acts';
import { Badge, Facts } from '../ui/notice';
import type { Versioned } from '../ui/record-form';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { agreementStrings } from './agreement-strings';
import { AgreementBadge } from './agreements-screen';
import type { AgreementView } from './answers';
import './refusals';
import { agreementRoute } from './routes';

const REFRESH = ['/api/agreements', '/api/agreements/{agreement}'] as const;
const TERMINATIONS = ['own_request', 'breach', 'superseded', 'party_withdrew'] as const;
const theirs = (now: unknown): ReactNode => <AgreementBadge status={(now as AgreementView).status} />;

/** One agreement: its terms, who has to sign, and the next step. */
export function AgreementScreen(): ReactNode {
  const say = useText(agreementStrings);
  const { agreement } = agreementRoute.useParams();
  return (
    <Screen title={say('whole')} neutral={say('neutral')} aside={<Link to="/accordi">{say('back')}</Link>}>
      <AtLeast level={2}>
        <Whole agreement={agreement} />
      </AtLeast>
    </Screen>
  );
}

function Whole({ agreement }: { readonly agreement: string }): ReactNode {
  const say = useText(agreementStrings);
  const { label } = useCodes();
  const { day } = useDates();
  const read = useRead<AgreementView>('/api/agreements/{agreement}', { params: { agreement }, lively: true });
  return (
    <Shown of={read}>
      {({ data, etag }) => (
        <>
          <Facts
            of={[
              [say('status'), <AgreementBadge key="status" status={data.status} />],
              [say('until'), day(data.terms.expiresAt)],
              [say('scope'), data.terms.scope.map((one) => label('purpose', one)).join(', ')],
            ]}
          />
          <Parties of={data} />
          <Caps of={data} />
          <Steps of={data} record={{ path: '/api/agreements/{agreement}', params: { agreement }, etag }} />
        </>
      )}
    </Shown>
  );
}

function Parties({ of: { terms, signed } }: { readonly of: AgreementView }): ReactNode {
  const say = useText(agreementStrings);
  const { label } = useCodes();
  const directory = useDirectory();
  return (
    <>
      <Table
        caption={say('mustAgree')}
        rows={terms.parties}
        keyOf={({ organisation }) => organisation}
        columns={[
          { title: say('party'), cell: ({ organisation }) => directory.name(organisation) },
          { title: say('region'), cell: ({ region }) => label('region', region) },
          {
            title: say('signature'),
            cell: ({ organisation }) => {
              const has = signed.includes(organisation);
              return <Badge tone={has ? 'good' : 'warn'}>{say(has ? 'signed' : 'unsigned')}</Badge>;
            },
          },
        ]}
      />
      <p className="rc-soft">{say('mustAgreeText')}</p>
    </>
  );
}

function Caps({ of: { terms } }: { readonly of: AgreementView }): ReactNode {
  const say = useText(agreementStrings);
  const { label } = useCodes();
  const directory = useDirectory();
  if (terms.caps.length === 0) return <p>{say('noCaps')}</p>;
  return (
    <Table
      caption={say('caps')}
      rows={terms.caps}
      keyOf={({ from, to }) => `${from}>${to}`}
      columns={[
        { title: say('from'), cell: ({ from }) => directory.name(from) },
        { title: say('to'), cell: ({ to }) => directory.name(to) },
        { title: say('groups'), cell: ({ groups }) => groups.map((one) => label('field-group', one)).join(', ') || say('nothing') },
      ]}
    />
  );
}

const OVER = ['Expired', 'Terminated'];

/** The next step for a party; whoever only oversees reads. */
function Steps({ of, record }: { readonly of: AgreementView; readonly record: Versioned }): ReactNode {
  const say = useText(agreementStrings);
  const { data: me } = useMe();
  const roles = rolesOf(me?.data);
  const own = me?.data.organisation ?? '';
  const party = of.terms.parties.some(({ organisation }) => organisation === own);
  if (OVER.includes(of.status)) return <p>{say('over')}</p>;
  if (!party || !roles.some((role) => role === 'coordinator' || role === 'administrator')) return <p>{say('notParty')}</p>;
  const complete = of.terms.parties.every(({ organisation }) => of.signed.includes(organisation));
  const signs = of.status === 'Negotiating' && !of.signed.includes(own);
  const at = { record, refresh: REFRESH, theirs };
  return (
    <section aria-labelledby="acts" className="rc-card">
      <h2 id="acts">{say('what')}</h2>
      {of.status === 'Drafted' ? <Act path="/api/agreements/{agreement}/negotiation" {...at} label={say('negotiate')} /> : null}
      {signs ? <Act path="/api/agreements/{agreement}/signatures" {...at} level={3} label={say('sign')} /> : null}
      {of.status === 'Negotiating' && complete ? (
        <Act path="/api/agreements/{agreement}/activation" {...at} label={say('activate')} />
      ) : null}
      {of.status === 'Negotiating' && !signs && !complete ? <p>{say('waiting')}</p> : null}
      <DialogActs
        acts={[
          {
            ...{ key: 'end', label: say('terminate'), title: say('terminateTitle'), kind: 'danger' },
            form: (onDone) => (
              <>
                <p>{say('terminateText')}</p>
                <ReasonAct
                  path="/api/agreements/{agreement}/termination"
                  {...{ ...at, level: 3, onDone, label: say('terminateReason'), submit: say('terminate') }}
                  choices={TERMINATIONS.map((value) => ({ value, label: say(`terminations.${value}`) }))}
                />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
