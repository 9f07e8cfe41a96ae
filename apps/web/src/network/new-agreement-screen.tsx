import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BodyOf } from '../api/client';
import { useChange } from '../api/query';
import { useDirectory } from '../people/directory';
import { type Me, useMe } from '../session/session';
import { useCodes } from '../text/codes';
import { today } from '../text/dates';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Choices, CodeChoices } from '../ui/code-fields';
import { ErrorSummary } from '../ui/error-summary';
import { TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Screen } from '../ui/screen';
import { AtLeast } from '../ui/step-up';
import { agreementStrings } from './agreement-strings';
import { CapFields, type DraftValues } from './cap-fields';
import './refusals';

/** A draft of terms between one's own organisation and others. */
export function NewAgreementScreen(): ReactNode {
  const say = useText(agreementStrings);
  const { data: me } = useMe();
  return (
    <Screen title={say('newTitle')} neutral={say('neutral')} aside={<Link to="/accordi">{say('back')}</Link>}>
      <p>{say('newIntro')}</p>
      <AtLeast level={2}>{me ? <DraftForm me={me.data} /> : null}</AtLeast>
    </Screen>
  );
}

function DraftForm({ me }: { readonly me: Me }): ReactNode {
  const say = useText(agreementStrings);
  const { label } = useCodes();
  const navigate = useNavigate();
  const directory = useDirectory();
  const draft = useChange<'/api/agreements', { agreement: string }>('/api/agreements', ['/api/agreements']);
  const initial: DraftValues = { parties: [], scope: [], caps: [], expiresAt: '' };
  const server = useServerForm<DraftValues>(initial, async ({ parties, scope, caps, expiresAt }) => {
    const regionOf = (id: string): string => directory.organisations.find(({ organisation }) => organisation === id)?.region ?? '';
    const body = {
      parties: [me.organisation, ...parties].map((organisation) => ({ organisation, region: regionOf(organisation) })),
      ...{ scope, caps },
      // The whole of the last day, in Italy.
      expiresAt: `${expiresAt}T21:59:59.000Z`,
    } as BodyOf<'/api/agreements'>;
    const { data } = await draft.mutateAsync({ body });
    await navigate({ to: '/accordi/$agreement', params: { agreement: data.agreement } });
  });
  const { form } = server;
  const nameOf = (id: string): string => directory.name(id);
  const others = directory.organisations.filter(
    ({ organisation, status, kind }) => organisation !== me.organisation && status === 'Accredited' && kind !== 'company',
  );
  return (
    <form noValidate onSubmit={server.submit}>
      <ErrorSummary of={server} />
      <Choices
        form={form}
        name="parties"
        label={say('others')}
        hint={say('othersHint')}
        choices={others.map(({ organisation, region }) => ({
          value: organisation,
          label: `${nameOf(organisation)} (${label('region', region)})`,
        }))}
      />
      <CodeChoices form={form} name="scope" label={say('scope')} list="purpose" />
      <CapFields form={form} parties={[me.organisation, ...form.watch('parties')].map((value) => ({ value, label: nameOf(value) }))} />
      <TextField form={form} name="expiresAt" label={say('expires')} hint={say('expiresHint')} type="date" min={today()} />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('save')}
        </Button>
      </Actions>
    </form>
  );
}
