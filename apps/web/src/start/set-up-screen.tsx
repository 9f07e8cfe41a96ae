import type { ReactNode } from 'react';
import { post } from '../api/client';
import { signInAddress } from '../session/session';
import { useDemo } from '../shell/demo';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Tick } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { CUSTODIAN_KINDS, ITALIAN_REGIONS } from './set-up-choices';
import { bodyOf, EMPTY, type SetUpValues } from './set-up-document';
import { startStrings } from './strings';

/** Five steps on one page: what the server can do from here is a form, the rest says where it is done. */
export function SetUpScreen(): ReactNode {
  const say = useText(startStrings);
  const { data: demo } = useDemo();
  const server = useServerForm<SetUpValues>(EMPTY, async (values) => {
    await post('/api/setup', { body: await bodyOf(values), headers: { 'Raccordo-Setup-Token': values.token.trim() } });
  });
  const { form } = server;
  const field = <N extends keyof SetUpValues>(name: N, label: string, hint?: string) => ({ form, name, label, hint }) as const;
  if (form.formState.isSubmitSuccessful && !server.problem && Object.keys(form.formState.errors).length === 0) {
    return (
      <Screen title={say('setUp.title')}>
        <Notice tone="good" title={say('setUp.made')} urgent>
          <a href={signInAddress('/')}>{say('welcome.enter')}</a>
        </Notice>
      </Screen>
    );
  }
  const step = (n: number, title: string): ReactNode => (
    <h2>
      <span className="rc-soft">{say('setUp.step', { n })}</span> – {title}
    </h2>
  );
  return (
    <Screen title={say('setUp.title')}>
      <p>{say('setUp.intro')}</p>
      {demo?.demo ? <Notice tone="warn" title={say('setUp.demo')} /> : null}
      <form noValidate onSubmit={server.submit}>
        <ErrorSummary of={server} words={{ 'setup.closed': say('setUp.closed') }} />
        <div className="rc-card">
          {step(1, say('setUp.one.title'))}
          <Select {...field('region', say('setUp.one.region'))} choices={ITALIAN_REGIONS} />
          <TextField {...field('designation', say('setUp.one.designation'))} maxLength={120} />
          <Select {...field('kind', say('setUp.one.kind'))} choices={CUSTODIAN_KINDS} />
          <TextField {...field('signedOn', say('setUp.one.signedOn'))} type="date" />
          <TextField {...field('agreement', say('setUp.one.agreement'), say('setUp.one.agreementHint'))} maxLength={64} />
        </div>
        <div className="rc-card">
          {step(2, say('setUp.two.title'))}
          <p>{say('setUp.two.text')}</p>
          <TextField {...field('name', say('setUp.two.name'))} maxLength={120} />
          <TextField {...field('issuer', say('setUp.two.issuer'))} type="url" />
          <TextField {...field('subject', say('setUp.two.subject'), say('setUp.two.subjectHint'))} />
        </div>
        <div className="rc-card">
          {step(3, say('setUp.three.title'))}
          <p>{say('setUp.three.text')}</p>
          <Tick {...field('keys', say('setUp.three.tick'))} />
        </div>
        <div className="rc-card">
          {step(4, say('setUp.four.title'))}
          <p>{say('setUp.four.text')}</p>
        </div>
        <div className="rc-card">
          {step(5, say('setUp.five.title'))}
          <p>{say('setUp.five.text')}</p>
        </div>
        <TextField {...field('token', say('setUp.token'), say('setUp.tokenHint'))} />
        <Actions>
          <Button type="submit" busy={server.busy}>
            {say('setUp.send')}
          </Button>
        </Actions>
      </form>
    </Screen>
  );
}
