import { type ReactNode, useState } from 'react';
import type { BodyOf } from '../api/client';
import { ApiProblem } from '../api/problem';
import { useChange } from '../api/query';
import { doorNow } from '../offline/door';
import { keep } from '../offline/outbox';
import { DraftNotice } from '../offline/draft-notice';
import { useDraft } from '../offline/use-draft';
import { useMe } from '../session/session';
import { today } from '../text/dates';
import { knownRegion } from '../text/known-comuni';
import { useText } from '../text/strings';
import { Actions, Button, ButtonLink } from '../ui/button';
import { CodeChoices, CodeSelect, LanguageSelect } from '../ui/code-fields';
import { ComuneField } from '../ui/comune-field';
import { ErrorSummary } from '../ui/error-summary';
import { Select, TextField } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { Screen } from '../ui/screen';
import { HOW_MET } from './answers';
import { contactStrings } from './strings';

type Body = BodyOf<'/api/contacts'>;
interface Values {
  readonly on: string;
  readonly comune: string;
  readonly channel: string;
  readonly language: string;
  readonly met: string;
  readonly needs: string[];
}
interface Recorded {
  readonly handle: string;
  readonly codename: string;
}

/** What cannot wait: a short list on a phone. The others are recorded with the case. */
const AT_ONCE = ['safety', 'shelter', 'food_and_material_aid', 'health', 'legal', 'wages_owed'];

const empty = (): Values => ({ on: today(), comune: '', channel: '', language: '', met: 'approached_by_team', needs: [] });

export function NewContactScreen(): ReactNode {
  const say = useText(contactStrings);
  const [done, setDone] = useState<Recorded | 'kept'>();
  const another = (): void => setDone(undefined);
  if (done === undefined) {
    return (
      <Screen title={say('title')} neutral={say('neutral')} key="new">
        <ContactForm onDone={setDone} />
      </Screen>
    );
  }
  return (
    <Screen title={say(done === 'kept' ? 'kept.title' : 'done.title')} neutral={say('neutral')} key="done">
      {done === 'kept' ? <KeptByNow onAnother={another} /> : <Done recorded={done} onAnother={another} />}
    </Screen>
  );
}

function ContactForm({ onDone }: { readonly onDone: (done: Recorded | 'kept') => void }): ReactNode {
  const say = useText(contactStrings);
  const { data: me } = useMe();
  const record = useChange<'/api/contacts', Recorded>('/api/contacts', ['/api/contacts']);
  const server = useServerForm<Values>(empty(), async (values) => {
    const done = await record.mutateAsync({ body: values as Body }).then(
      ({ data }) => data,
      (error: unknown) => keptInstead(error),
    );
    await draft.forget();
    onDone(done);
  });
  const { form } = server;
  const draft = useDraft('contact', form);
  const met = HOW_MET.map((value) => ({ value, label: say(`howMet.${value}`) }));
  return (
    <form noValidate onSubmit={server.submit}>
      <p>{say('intro')}</p>
      <DraftNotice of={draft} />
      <ErrorSummary of={server} />
      <TextField form={form} name="on" label={say('on')} type="date" max={today()} />
      <ComuneField form={form} name="comune" label={say('comune')} region={me?.data.region ?? knownRegion()} />
      <CodeSelect form={form} name="channel" label={say('channel')} list="contact-channel" />
      <LanguageSelect form={form} name="language" label={say('language')} />
      <Select form={form} name="met" label={say('met')} choices={met} />
      <CodeChoices form={form} name="needs" label={say('needs')} list="need" only={AT_ONCE} optional />
      <Actions>
        <Button type="submit" busy={server.busy}>
          {say('save')}
        </Button>
      </Actions>
    </form>
  );
}

/** Out in the field nobody should have to decide anything: with the locker open, what could not be sent is put by at once. */
async function keptInstead(error: unknown): Promise<'kept'> {
  const { locker } = doorNow();
  if (!(error instanceof ApiProblem) || !error.unsent || !locker) throw error;
  await keep(locker, error.unsent);
  return 'kept';
}

function KeptByNow({ onAnother }: { readonly onAnother: () => void }): ReactNode {
  const say = useText(contactStrings);
  return (
    <Notice tone="good" title={say('kept.text')}>
      <Actions>
        <Button onClick={onAnother}>{say('done.another')}</Button>
        <ButtonLink to="/bozze" kind="second">
          {say('kept.see')}
        </ButtonLink>
      </Actions>
    </Notice>
  );
}

function Done({ recorded, onAnother }: { readonly recorded: Recorded; readonly onAnother: () => void }): ReactNode {
  const say = useText(contactStrings);
  return (
    <Notice tone="good">
      <p>
        {say('done.codename')}: <strong className="rc-big">{recorded.codename}</strong>
      </p>
      <p>{say('done.text')}</p>
      <Actions>
        <Button onClick={onAnother}>{say('done.another')}</Button>
        <ButtonLink to="/casi/nuovo" search={{ contatto: recorded.handle }} kind="second">
          {say('done.open')}
        </ButtonLink>
      </Actions>
    </Notice>
  );
}
