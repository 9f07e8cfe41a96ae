import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeSelect } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { LongText, Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { useOrganisations } from '../ui/organisations';
import { useStepUp } from '../ui/step-up';
import { GLASS_GROUPS } from './answers';
import { useGlassProblems } from './problems';
import { emergencyStrings } from './strings';

interface Values {
  readonly custodian: string;
  readonly codename: string;
  readonly group: string;
  readonly reason: string;
  readonly account: string;
}
const EMPTY: Values = { custodian: '', codename: '', group: '', reason: '', account: '' };

/** One group, one reason, and the words for whoever will judge it. Needs the strongest sign-in. */
export function OpenForm(): ReactNode {
  const say = useText(emergencyStrings);
  const codes = useCodes();
  const { data: me } = useMe();
  const { choices } = useOrganisations();
  const stepUp = useStepUp(3);
  const open = useChange<'/api/break-glass'>('/api/break-glass', ['/api/break-glass/own']);
  const server = useServerForm<Values>(EMPTY, async (values) => {
    const codename = values.codename.trim();
    await open.mutateAsync({ body: { ...values, codename } as BodyOf<'/api/break-glass'>, purpose: 'emergency' });
    server.form.reset();
  });
  const { form } = server;
  const here = choices(({ region, status }) => region === me?.data.region && status === 'Accredited');
  return (
    <form noValidate className="rc-card" onSubmit={(event) => server.submit(event, stepUp.enough)}>
      <h2>{say('open.title')}</h2>
      <ErrorSummary of={server} words={useGlassProblems()} />
      <Select form={form} name="custodian" label={say('open.custodian')} choices={here} />
      <TextField form={form} name="codename" label={say('open.codename')} hint={say('open.codenameHint')} maxLength={40} />
      <CodeSelect form={form} name="group" label={say('open.group')} list="field-group" only={GLASS_GROUPS} />
      <Select form={form} name="reason" label={say('open.reason')} choices={codes.of('break-glass-reason')} />
      <LongText form={form} name="account" label={say('open.account')} hint={say('open.accountHint')} minLength={10} maxLength={2000} />
      <p className="rc-soft">{say('open.warning')}</p>
      {stepUp.dialog}
      <Actions>
        <Button type="submit" busy={server.busy} kind="danger">
          {say('open.go')}
        </Button>
      </Actions>
    </form>
  );
}
