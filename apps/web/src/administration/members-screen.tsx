import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useMe } from '../session/session';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { useOrganisations } from '../ui/organisations';
import { Pick } from '../ui/pick';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { Items, Member } from './answers';
import { MemberCard } from './member-card';
import { useAdministrationProblems } from './problems';
import { membersRoute } from './routes';
import { administrationStrings } from './strings';

/** Who may sign in, for whom and as what: never anything of a case. */
export function MembersScreen(): ReactNode {
  const say = useText(administrationStrings);
  const navigate = useNavigate();
  const { data: me } = useMe();
  const { choices } = useOrganisations();
  const { ente = me?.data.organisation } = membersRoute.useSearch();
  return (
    <Screen title={say('members.title')} neutral={say('neutral')}>
      <p>{say('members.intro')}</p>
      <AtLeast level={2}>
        <Pick
          label={say('members.organisation')}
          any="–"
          value={ente}
          choices={choices(({ region }) => region === me?.data.region)}
          onPick={(one) => void navigate({ to: '/persone', search: { ente: one } })}
        />
        {ente === undefined ? null : <People key={ente} organisation={ente} />}
      </AtLeast>
    </Screen>
  );
}

function People({ organisation }: { readonly organisation: string }): ReactNode {
  const say = useText(administrationStrings);
  const members = useRead<Items<Member>, '/api/members'>('/api/members', { query: { organisation } });
  return (
    <>
      <Shown of={members}>
        {({ data }) =>
          data.items.length === 0 ? <p>{say('members.none')}</p> : data.items.map((one) => <MemberCard key={one.member} member={one} />)
        }
      </Shown>
      <InviteForm organisation={organisation} />
    </>
  );
}

function InviteForm({ organisation }: { readonly organisation: string }): ReactNode {
  const say = useText(administrationStrings);
  const [done, setDone] = useState(false);
  const invite = useChange('/api/members', ['/api/members']);
  const server = useServerForm({ issuer: '', subject: '', name: '' }, async ({ issuer, subject, name }) => {
    const body = { organisation, issuer, subject, ...(name === '' ? {} : { name }) } as BodyOf<'/api/members'>;
    await invite.mutateAsync({ body });
    server.form.reset();
    setDone(true);
  });
  const { form } = server;
  return (
    <CardForm
      title={say('members.invite')}
      of={server}
      done={done ? say('members.invited') : undefined}
      words={useAdministrationProblems()}
      submit={say('members.save')}
    >
      <TextField form={form} name="issuer" label={say('members.issuer')} hint={say('members.issuerHint')} maxLength={300} />
      <TextField form={form} name="subject" label={say('members.subject')} maxLength={300} />
      <TextField form={form} name="name" label={say('members.name')} hint={say('members.nameHint')} maxLength={120} optional />
    </CardForm>
  );
}
