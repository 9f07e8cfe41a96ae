import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { today } from '../text/dates';
import { useText } from '../text/strings';
import { Act, type DialogAct, DialogActs, ReasonAct } from '../ui/acts';
import { TextField } from '../ui/fields';
import { Fingerprint } from '../ui/fingerprint';
import { Facts } from '../ui/notice';
import { RecordForm, type Versioned } from '../ui/record-form';
import { Screen, Shown } from '../ui/screen';
import type { OrganisationView } from './answers';
import { OrganisationBadge } from './organisations-screen';
import { organisationStrings } from './organisation-strings';
import './refusals';
import { organisationRoute } from './routes';

const REFRESH = ['/api/organisations', '/api/organisations/{organisation}'] as const;
const SUSPENSIONS = ['own_request', 'agreement_lapsed', 'security_incident', 'investigation'] as const;
const WITHDRAWALS = ['own_request', 'dissolved', 'merged', 'accreditation_revoked'] as const;
const theirs = (now: unknown): ReactNode => <OrganisationBadge status={(now as OrganisationView).status} />;

/** One organisation and its standing in the network. */
export function OrganisationScreen(): ReactNode {
  const say = useText(organisationStrings);
  const { label } = useCodes();
  const { organisation } = organisationRoute.useParams();
  const read = useRead<OrganisationView>('/api/organisations/{organisation}', { params: { organisation } });
  return (
    <Screen
      title={read.data?.data.designation ?? say('unnamed')}
      neutral={say('neutral')}
      aside={<Link to="/organizzazioni">{say('back')}</Link>}
    >
      <Shown of={read}>
        {({ data, etag }) => (
          <>
            <Facts
              of={[
                [say('status'), <OrganisationBadge key="status" status={data.status} />],
                [say('kind'), label('organisation-kind', data.kind)],
                [say('sector'), label('organisation-sector', data.sector)],
                [say('region'), label('region', data.region)],
              ]}
            />
            <Standing of={data} record={{ path: '/api/organisations/{organisation}', params: { organisation }, etag }} />
          </>
        )}
      </Shown>
    </Screen>
  );
}

interface Props {
  readonly of: OrganisationView;
  readonly record: Versioned;
}

/** The acts that are left at this point, to those whose role has them. The server decides. */
function Standing({ of, record }: Props): ReactNode {
  const say = useText(organisationStrings);
  const { data: me } = useMe();
  const roles = rolesOf(me?.data);
  const office = me?.data.kind === 'region' && me.data.region === of.region;
  const [administers, protects] = [roles.includes('administrator'), roles.includes('dpo')];
  const other = me?.data.organisation !== of.organisation;
  const acts: DialogAct[] = [
    ...(office && (administers || protects) && of.status === 'Accredited' ? [suspendAct(say, record)] : []),
    ...(administers && (office || !other) && (of.status === 'Accredited' || of.status === 'Suspended') ? [withdrawAct(say, record)] : []),
  ];
  const accredits = office && administers && other && of.status === 'Registered';
  const reinstates = office && administers && other && of.status === 'Suspended';
  return (
    <section aria-labelledby="acts" className="rc-card">
      <h2 id="acts">{say('what')}</h2>
      {administers ? (
        <p>
          <Link to="/persone" search={{ ente: of.organisation }}>
            {say('people')}
          </Link>
        </p>
      ) : null}
      {accredits ? <AccreditForm of={of} record={record} /> : null}
      {reinstates ? (
        <Act
          path="/api/organisations/{organisation}/reinstatement"
          {...{ record, refresh: REFRESH, label: say('reinstate'), level: 3, theirs }}
        />
      ) : null}
      <DialogActs acts={acts} />
      {accredits || reinstates || acts.length > 0 ? null : <p>{say('nothing')}</p>}
    </section>
  );
}

type Say = ReturnType<typeof useText<(typeof organisationStrings)['it']>>;

const suspendAct = (say: Say, record: Versioned): DialogAct => ({
  ...{ key: 'suspend', label: say('suspend'), title: say('suspendTitle'), kind: 'danger' },
  form: (onDone) => (
    <>
      <p>{say('suspendText')}</p>
      <ReasonAct
        path="/api/organisations/{organisation}/suspension"
        {...{ record, refresh: REFRESH, level: 3, theirs, onDone, label: say('suspendReason'), submit: say('suspend') }}
        choices={SUSPENSIONS.map((value) => ({ value, label: say(`suspensions.${value}`) }))}
      />
    </>
  ),
});
const withdrawAct = (say: Say, record: Versioned): DialogAct => ({
  ...{ key: 'withdraw', label: say('withdraw'), title: say('withdrawTitle'), kind: 'danger' },
  form: (onDone) => (
    <>
      <p>{say('withdrawText')}</p>
      <ReasonAct
        path="/api/organisations/{organisation}/withdrawal"
        {...{ record, refresh: REFRESH, level: 3, theirs, onDone, label: say('withdrawReason'), submit: say('withdraw') }}
        choices={WITHDRAWALS.map((value) => ({ value, label: say(`withdrawals.${value}`) }))}
      />
    </>
  ),
});

function AccreditForm({ record }: Props): ReactNode {
  const say = useText(organisationStrings);
  return (
    <RecordForm<'/api/organisations/{organisation}/accreditation', { agreement: string; signedOn: string }>
      path="/api/organisations/{organisation}/accreditation"
      params={record.params}
      record={record}
      initial={{ agreement: '', signedOn: '' }}
      body={({ agreement, signedOn }) => ({ agreement: agreement.trim().toLowerCase(), signedOn })}
      refresh={REFRESH}
      submit={say('accredit')}
      level={3}
      yours={({ signedOn }) => <p>{signedOn}</p>}
      theirs={theirs}
      onDone={() => undefined}
    >
      {(form) => (
        <>
          <p>{say('accreditText')}</p>
          <Fingerprint
            {...{ label: say('file'), hint: say('fileHint'), done: say('fileRead') }}
            onMade={(digest) => form.setValue('agreement', digest, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })}
          />
          <TextField form={form} name="agreement" label={say('agreement')} hint={say('agreementHint')} maxLength={64} />
          <TextField form={form} name="signedOn" label={say('signedOn')} type="date" max={today()} />
        </>
      )}
    </RecordForm>
  );
}
