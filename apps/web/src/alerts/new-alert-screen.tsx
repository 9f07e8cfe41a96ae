import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import type { BodyOf } from '../api/client';
import { useChange, useRead } from '../api/query';
import { useCodes } from '../text/codes';
import { today } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeChoices, CodeSelect } from '../ui/code-fields';
import { ComuneField } from '../ui/comune-field';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { type Form, useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { AtLeast, useStepUp } from '../ui/step-up';
import type { Items } from '../deliveries/answers';
import type { Company } from './answers';
import { deliveryStrings } from '../deliveries/strings';
import { alertStrings } from './strings';
import { useAlertProblems } from './problems';

type Body = BodyOf<'/api/alerts'>;
interface Values {
  readonly kind: string;
  readonly company: string;
  readonly comune: string;
  readonly area: string;
  readonly sector: string;
  readonly patterns: string[];
  readonly indicators: string[];
  readonly from: string;
  readonly to: string;
  readonly expires: string;
}
const EMPTY: Values = {
  ...{ kind: 'company', company: '', comune: '', area: 'comune', sector: '', patterns: [], indicators: [] },
  ...{ from: '', to: today(), expires: '' },
};
const KINDS = ['company', 'territory'] as const;
const AREAS = ['comune', 'province'] as const;
/** Where the parts of the body stand in the form. */
const FIELDS: Readonly<Record<string, string>> = {
  'subject.company': 'company',
  'subject.ref': 'company',
  'subject.kind': 'kind',
  period: 'from',
  'period.from': 'from',
  'period.to': 'to',
};

export function NewAlertScreen(): ReactNode {
  const say = useText(alertStrings);
  return (
    <Screen title={say('new.title')} neutral={say('neutral')}>
      <p>{say('new.intro')}</p>
      <AtLeast level={2}>
        <AlertForm />
      </AtLeast>
    </Screen>
  );
}

/** What is filled in becomes a body; whatever belongs to a person has no place in it. */
const bodyOf = ({ kind, company, from, to, expires, ...rest }: Values): Body =>
  ({
    ...rest,
    subject: kind === 'company' ? { kind, company } : { kind },
    period: { from, to },
    expires: `${expires}T21:59:59.000Z`,
  }) as Body;

function AlertForm(): ReactNode {
  const say = useText(alertStrings);
  const told = useText(deliveryStrings);
  const navigate = useNavigate();
  const draft = useChange<'/api/alerts', { handle: string }>('/api/alerts', ['/api/alerts']);
  const stepUp = useStepUp(2);
  const server = useServerForm<Values>(
    EMPTY,
    async (values) => {
      const { data } = await draft.mutateAsync({ body: bodyOf(values) });
      await navigate({ to: '/allerte/$handle', params: { handle: data.handle } });
    },
    (pointer) => FIELDS[pointer] ?? pointer,
  );
  const { form } = server;
  const words = {
    ...useAlertProblems(),
    'alert.says-nothing': say('new.saysNothing'),
    'alert.period-impossible': say('problem.period'),
    'alert.expiry-out-of-range': say('problem.expiry'),
  };
  return (
    <form noValidate onSubmit={(event) => server.submit(event, stepUp.enough)}>
      <ErrorSummary of={server} words={words} />
      <Select
        form={form}
        name="kind"
        label={say('new.subject')}
        choices={KINDS.map((value) => ({ value, label: told(`subject.${value}`) }))}
      />
      <Subject form={form} />
      <ComuneField form={form} name="comune" label={say('new.comune')} hint={say('new.comuneHint')} />
      <CodeSelect form={form} name="sector" label={say('new.sector')} list="sector" />
      <CodeChoices form={form} name="patterns" label={say('new.patterns')} list="territorial-pattern" optional />
      <CodeChoices form={form} name="indicators" label={say('new.article')} list="603bis-index" optional />
      <CodeChoices form={form} name="indicators" label={say('new.forced')} list="forced-labour-indicator" optional />
      <details className="rc-field">
        <summary>{say('new.delphi')}</summary>
        <CodeChoices form={form} name="indicators" label={say('new.delphi')} list="indicator" optional />
      </details>
      <div className="rc-two">
        <TextField form={form} name="from" label={say('new.from')} type="date" max={today()} />
        <TextField form={form} name="to" label={say('new.to')} type="date" />
      </div>
      <TextField form={form} name="expires" label={say('new.expires')} hint={say('new.expiresHint')} type="date" min={today()} />
      {stepUp.dialog}
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('new.save')}
        </Button>
      </Actions>
    </form>
  );
}

/** A company of the region, or the area a territory is counted over. Nothing else can be meant. */
function Subject({ form }: { readonly form: Form<Values> }): ReactNode {
  const say = useText(alertStrings);
  const codes = useCodes();
  const kind = useWatch({ control: form.control, name: 'kind' });
  const { data } = useRead<Items<Company>, '/api/companies'>('/api/companies', { query: { limit: 200 } });
  if (kind !== 'company') {
    return (
      <Select form={form} name="area" label={say('new.area')} choices={AREAS.map((value) => ({ value, label: say(`area.${value}`) }))} />
    );
  }
  if (data?.data.items.length === 0) return <Notice title={say('new.noCompanies')} />;
  const companies = (data?.data.items ?? []).map(({ handle, codename, sector }) => ({
    value: handle,
    label: sector === undefined ? codename : `${codename} – ${codes.label('sector', sector)}`,
  }));
  return <Select form={form} name="company" label={say('new.company')} hint={say('new.companyHint')} choices={companies} />;
}
