import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useMe, useSession } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { DialogActs } from '../ui/acts';
import { Actions, Button } from '../ui/button';
import { CodeChoices, CodeSelect } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { HandOver } from '../ui/hand-over';
import { Badge, Facts } from '../ui/notice';
import { ProblemNotice } from '../ui/problem';
import { RecordForm } from '../ui/record-form';
import { useStepUp } from '../ui/step-up';
import type { Enrolment, Member } from './answers';
import { useAdministrationProblems } from './problems';
import { administrationStrings } from './strings';

const READ_AGAIN = ['/api/members'] as const;
const REASONS = ['safeguarding', 'misuse', 'absence'] as const;

export function MemberCard({ member }: { readonly member: Member }): ReactNode {
  const say = useText(administrationStrings);
  const { label } = useCodes();
  const { name, status, roles, disciplines } = member;
  return (
    <article className="rc-card">
      <div className="rc-head">
        <h2>{name ?? say('members.unnamed')}</h2>
        <Badge tone={status === 'Active' ? 'good' : 'warn'}>{say(`members.status.${status}`)}</Badge>
      </div>
      <Facts
        of={[
          [say('members.roles'), roles.map((one) => label('role', one)).join(', ') || say('members.noRole')],
          [say('members.disciplines'), disciplines.map((one) => label('discipline', one)).join(', ') || '–'],
        ]}
      />
      {status === 'Disabled' ? null : (
        <details>
          <summary>{say('members.change')}</summary>
          <AssignForm member={member} />
          <Endings member={member} />
          <ResetSignIn member={member} />
          <SuspendForm member={member} />
        </details>
      )}
    </article>
  );
}

function AssignForm({ member: { member, etag, disciplines } }: { readonly member: Member }): ReactNode {
  const say = useText(administrationStrings);
  const stepUp = useStepUp(3);
  const assign = useChange('/api/members/{member}/roles', READ_AGAIN);
  const server = useServerForm<{ role: string; disciplines: string[] }>({ role: '', disciplines: [...disciplines] }, async (values) => {
    await assign.mutateAsync({ params: { member }, etag, body: values as BodyOf<'/api/members/{member}/roles'> });
  });
  return (
    <form noValidate onSubmit={(event) => server.submit(event, stepUp.enough)}>
      <h3>{say('members.assign')}</h3>
      <ErrorSummary of={server} words={useAdministrationProblems()} />
      <CodeSelect form={server.form} name="role" label={say('members.role')} list="role" />
      <CodeChoices form={server.form} name="disciplines" label={say('members.disciplines')} list="discipline" />
      {stepUp.dialog}
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('members.assign')}
        </Button>
      </Actions>
    </form>
  );
}

function Endings({ member: { member, etag, roles, status } }: { readonly member: Member }): ReactNode {
  const say = useText(administrationStrings);
  const { label } = useCodes();
  const stepUp = useStepUp(3);
  const end = useChange('/api/members/{member}/role-endings', READ_AGAIN);
  const reinstate = useChange('/api/members/{member}/reinstatement', READ_AGAIN);
  const disable = useChange('/api/members/{member}/disabling', READ_AGAIN);
  const at = { params: { member }, etag };
  return (
    <>
      <ProblemNotice error={end.error ?? reinstate.error ?? disable.error} words={useAdministrationProblems()} />
      {stepUp.dialog}
      <Actions>
        {roles.map((role) => (
          <Button
            key={role}
            kind="second"
            busy={end.isPending}
            onClick={stepUp.before(() => end.mutate({ ...at, body: { role } as BodyOf<'/api/members/{member}/role-endings'> }))}
          >
            {say('members.endRole', { role: label('role', role) })}
          </Button>
        ))}
        {status === 'Suspended' ? (
          <Button kind="second" busy={reinstate.isPending} onClick={stepUp.before(() => reinstate.mutate(at))}>
            {say('members.reinstate')}
          </Button>
        ) : null}
        <Button kind="danger" busy={disable.isPending} onClick={() => disable.mutate(at)}>
          {say('members.disable')}
        </Button>
      </Actions>
    </>
  );
}

/** For who lost key or password, where the installation keeps its own accounts. Nobody resets their own. */
function ResetSignIn({ member: { member, etag, name } }: { readonly member: Member }): ReactNode {
  const say = useText(administrationStrings);
  const here = useSession().data?.way === 'local';
  const own = useMe().data?.data.member === member;
  const [link, setLink] = useState<Enrolment>();
  const words = useAdministrationProblems();
  if (!here || own) return null;
  return (
    <>
      <DialogActs
        acts={[
          {
            ...{ key: 'reset', label: say('members.reset'), title: say('members.reset'), kind: 'danger' },
            form: (onDone) => (
              <>
                <p>{say('members.resetText')}</p>
                <RecordForm<'/api/members/{member}/sign-in-reset', Record<string, never>>
                  path="/api/members/{member}/sign-in-reset"
                  params={{ member }}
                  record={{ path: '/api/members/{member}', params: { member }, etag }}
                  initial={{}}
                  body={() => undefined as never}
                  refresh={READ_AGAIN}
                  submit={say('members.reset')}
                  kind="danger"
                  level={3}
                  words={words}
                  onDone={(answer) => {
                    if (answer) setLink(answer as Enrolment);
                    onDone();
                  }}
                />
              </>
            ),
          },
        ]}
      />
      {link ? <HandOver name={name ?? say('members.unnamed')} {...link} /> : null}
    </>
  );
}

function SuspendForm({ member: { member, etag, status } }: { readonly member: Member }): ReactNode {
  const say = useText(administrationStrings);
  const suspend = useChange('/api/members/{member}/suspension', READ_AGAIN);
  const server = useServerForm({ reason: '' }, async ({ reason }) => {
    await suspend.mutateAsync({ params: { member }, etag, body: { reason } as BodyOf<'/api/members/{member}/suspension'> });
  });
  if (status !== 'Active') return null;
  return (
    <form noValidate onSubmit={server.submit}>
      <h3>{say('members.suspend')}</h3>
      <ErrorSummary of={server} words={useAdministrationProblems()} />
      <Select
        form={server.form}
        name="reason"
        label={say('members.reason')}
        choices={REASONS.map((value) => ({ value, label: say(`members.reasons.${value}`) }))}
      />
      <Actions>
        <Button type="submit" kind="second" busy={server.busy}>
          {say('members.suspend')}
        </Button>
      </Actions>
    </form>
  );
}
