import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { CodeSelect } from '../ui/code-fields';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Badge } from '../ui/notice';
import { Pick } from '../ui/pick';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { Table } from '../ui/table';
import { TakeAway } from '../ui/take-away';
import type { Items, OrganisationView } from './answers';
import { organisationStrings } from './organisation-strings';
import './refusals';
import { type OrganisationFilters, organisationsRoute } from './routes';

/** Who takes part in the network; the region's office registers who is new. */
export function OrganisationsScreen(): ReactNode {
  const say = useText(organisationStrings);
  const { data: me } = useMe();
  const { regione = me?.data.region, tipo } = organisationsRoute.useSearch();
  const query = { ...(regione && regione !== ALL ? { region: regione } : {}), ...(tipo ? { kind: tipo as 'region' } : {}) };
  const list = useRead<Items<OrganisationView>, '/api/organisations'>('/api/organisations', { query });
  const registers = me?.data.kind === 'region' && rolesOf(me.data).some((role) => role === 'administrator' || role === 'coordinator');
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <Filters of={{ regione, tipo }} />
      <Shown of={list}>{({ data }) => (data.items.length === 0 ? <p>{say('none')}</p> : <Organisations items={data.items} />)}</Shown>
      <TakeAway path="/api/organisations" reading={{ query }} />
      {registers ? (
        <AtLeast level={2}>
          <RegisterForm />
        </AtLeast>
      ) : null}
    </Screen>
  );
}

const ALL = 'tutte';

function Filters({ of }: { readonly of: OrganisationFilters }): ReactNode {
  const say = useText(organisationStrings);
  const codes = useCodes();
  const navigate = useNavigate();
  const set = (change: OrganisationFilters): void => void navigate({ to: '/organizzazioni', search: { ...of, ...change } });
  return (
    <fieldset className="rc-card">
      <legend>{say('filters')}</legend>
      <div className="rc-choices rc-choices-low">
        <Pick
          label={say('region')}
          any={say('anyRegion')}
          value={of.regione === ALL ? '' : of.regione}
          choices={codes.of('region')}
          onPick={(regione) => set({ regione: regione ?? ALL })}
        />
        <Pick
          label={say('kind')}
          any={say('anyKind')}
          value={of.tipo}
          choices={codes.of('organisation-kind')}
          onPick={(tipo) => set({ tipo })}
        />
      </div>
    </fieldset>
  );
}

function Organisations({ items }: { readonly items: readonly OrganisationView[] }): ReactNode {
  const say = useText(organisationStrings);
  const { label } = useCodes();
  return (
    <Table
      caption={say('caption', { count: items.length })}
      rows={items}
      keyOf={({ organisation }) => organisation}
      columns={[
        {
          title: say('name'),
          cell: ({ organisation, designation }) => (
            <Link to="/organizzazioni/$organisation" params={{ organisation }} className="rc-target">
              {designation ?? say('unnamed')}
            </Link>
          ),
        },
        { title: say('kind'), cell: ({ kind }) => label('organisation-kind', kind) },
        { title: say('region'), cell: ({ region }) => label('region', region) },
        { title: say('status'), cell: ({ status }) => <OrganisationBadge status={status} /> },
      ]}
    />
  );
}

export function OrganisationBadge({ status }: { readonly status: OrganisationView['status'] }): ReactNode {
  const say = useText(organisationStrings);
  const tone = status === 'Accredited' ? 'good' : status === 'Suspended' ? 'danger' : status === 'Registered' ? 'warn' : 'plain';
  return <Badge tone={tone}>{say(`statuses.${status}`)}</Badge>;
}

function RegisterForm(): ReactNode {
  const say = useText(organisationStrings);
  const navigate = useNavigate();
  const register = useChange<'/api/organisations', { organisation: string }>('/api/organisations', ['/api/organisations']);
  const server = useServerForm({ kind: '', sector: '', designation: '' }, async ({ kind, sector, designation }) => {
    const body = { kind, designation, ...(sector === '' ? {} : { sector }) } as BodyOf<'/api/organisations'>;
    const { data } = await register.mutateAsync({ body });
    await navigate({ to: '/organizzazioni/$organisation', params: { organisation: data.organisation } });
  });
  const { form } = server;
  return (
    <CardForm title={say('add')} of={server} submit={say('save')}>
      <p>{say('addIntro')}</p>
      <TextField form={form} name="designation" label={say('addName')} hint={say('addNameHint')} maxLength={120} />
      <CodeSelect form={form} name="kind" label={say('kind')} list="organisation-kind" />
      <CodeSelect form={form} name="sector" label={say('sector')} hint={say('sectorHint')} list="organisation-sector" optional />
    </CardForm>
  );
}
