import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useMe, useSession } from '../session/session';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { HandOver } from '../ui/hand-over';
import { useOrganisations } from '../ui/organisations';
import { Pick } from '../ui/pick';
import { Screen, Shown } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import type { Enrolment, Items, Member } from './answers';
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
  // Where the installation keeps its own accounts, the person makes one by a link; elsewhere their issuer vouches for them.
  const here = useSession().data?.way === 'local';
  const [done, setDone] = useState<{ readonly name: string; readonly enrolment?: Enrolment }>();
  const invite = useChange<'/api/members', { enrolment?: Enrolment }>('/api/members', ['/api/members']);
  const server = useServerForm({ issuer: '', subject: '', name: '' }, async ({ issuer, subject, name }) => {
    const body = { organisation, ...(here ? {} : { issuer, subject }), ...(name === '' ? {} : { name }) } as BodyOf<'/api/members'>;
    const { data } = await invite.mutateAsync({ body });
    server.form.reset();
    setDone({ name: name || say('members.unnamed'), ...(data.enrolment ? { enrolment: data.enrolment } : {}) });
  });
  const { form } = server;
  return (
    <>
      <CardForm
        title={say('members.invite')}
        of={server}
        done={done ? say('members.invited') : undefined}
        words={useAdministrationProblems()}
        submit={say('members.save')}
      >
        {here ? null : (
          <>
            <TextField form={form} name="issuer" label={say('members.issuer')} hint={say('members.issuerHint')} maxLength={300} />
            <TextField form={form} name="subject" label={say('members.subject')} maxLength={300} />
          </>
        )}
        <TextField form={form} name="name" label={say('members.name')} hint={say('members.nameHint')} maxLength={120} optional={!here} />
      </CardForm>
      {done?.enrolment ? <HandOver name={done.name} {...done.enrolment} /> : null}
    </>
  );
}
