import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { get, type QueryOf } from '../api/client';
import { useRead } from '../api/query';
import { type Me, rolesOf, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useLanguage } from '../text/language';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { useOrganisations } from '../ui/organisations';
import { Screen } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { whyRoute } from './routes';
import { accessStrings } from './strings';

interface Explanation {
  readonly may: boolean;
  readonly because: { readonly it: string; readonly en: string };
}
interface Values {
  readonly case: string;
  readonly organisation: string;
  readonly member: string;
  readonly act: string;
  readonly purpose: string;
}
const PATH = '/api/cases/{handle}/explanation';
const ACTS = ['ReadCase', 'CloseCase', 'RecordNeeds', 'GrantAccess', 'RequestErasure'] as const;

/** Why somebody may, or may not: in the sentences of the policy. */
export function WhyScreen(): ReactNode {
  const say = useText(accessStrings);
  const { data: me } = useMe();
  return (
    <Screen title={say('title')} neutral={say('neutral')}>
      <p>{say('intro')}</p>
      <AtLeast level={2}>{me ? <Question me={me.data} /> : null}</AtLeast>
    </Screen>
  );
}

function Question({ me }: { readonly me: Me }): ReactNode {
  const say = useText(accessStrings);
  const language = useLanguage();
  const codes = useCodes();
  const { caso = '' } = whyRoute.useSearch();
  const { choices } = useOrganisations();
  const office = rolesOf(me).some((role) => role === 'auditor' || role === 'dpo');
  const ask = useMutation({
    mutationFn: ({ case: handle, member, act, purpose }: Values) =>
      get<Explanation, typeof PATH>(PATH, {
        params: { handle: handle.trim() },
        query: { member, act, purpose } as QueryOf<typeof PATH>,
        purpose: office ? 'audit' : undefined,
      }),
  });
  const server = useServerForm<Values>(
    { case: caso, organisation: me.organisation, member: '', act: 'ReadCase', purpose: 'direct_assistance' },
    (values) => ask.mutateAsync(values),
  );
  const { form } = server;
  const organisation = useWatch({ control: form.control, name: 'organisation' });
  const answer = ask.data?.data;
  return (
    <form noValidate onSubmit={server.submit} className="rc-card">
      <ErrorSummary of={server} words={{ 'case.not-found': say('missing'), 'case.forbidden': say('missing') }} />
      <TextField form={form} name="case" label={say('case')} hint={say('caseHint')} maxLength={80} />
      <Select
        form={form}
        name="organisation"
        label={say('organisation')}
        choices={choices(({ region, status }) => region === me.region && status === 'Accredited')}
      />
      <Select form={form} name="member" label={say('member')} choices={usePeople(organisation)} />
      <Select form={form} name="act" label={say('act')} choices={ACTS.map((value) => ({ value, label: say(`acts.${value}`) }))} />
      <Select form={form} name="purpose" label={say('purpose')} choices={codes.of('purpose')} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('ask')}
        </Button>
      </Actions>
      <div role="status">
        {answer ? (
          <Notice tone={answer.may ? 'good' : 'warn'} title={say(answer.may ? 'yes' : 'no')}>
            <p>{answer.because[language]}</p>
          </Notice>
        ) : null}
      </div>
    </form>
  );
}

/** People of an organisation by name, where the caller may look them up. */
function usePeople(organisation: string): { value: string; label: string }[] {
  const say = useText(accessStrings);
  const { data } = useRead<{ items: readonly { member: string; name?: string }[] }, '/api/members'>('/api/members', {
    query: { organisation },
    enabled: organisation !== '',
  });
  return (data?.data.items ?? []).map(({ member, name }) => ({ value: member, label: name ?? say('noName', { end: member.slice(-6) }) }));
}
