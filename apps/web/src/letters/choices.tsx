import { type ReactNode, useState } from 'react';
import { post } from '../api/client';
import { useText } from '../text/strings';
import { CardForm } from '../ui/card-form';
import { Select } from '../ui/fields';
import { useServerForm } from '../ui/form';
import { Facts } from '../ui/notice';
import { letterStrings } from './strings';

interface Props {
  readonly address: string;
  readonly daily: boolean;
  readonly language: 'it' | 'en';
  readonly onDone: () => Promise<void>;
}

/** How somebody wants their letters, once the address is theirs. */
export function Choices({ address, daily, language, onDone }: Props): ReactNode {
  const say = useText(letterStrings);
  const [saved, setSaved] = useState(false);
  const server = useServerForm({ when: daily ? 'once' : 'never', language }, async ({ when, language: chosen }) => {
    setSaved(false);
    await post('/api/letters/wish', { body: { daily: when === 'once', language: chosen } });
    setSaved(true);
    await onDone();
  });
  const { form } = server;
  const when = (['once', 'never'] as const).map((value) => ({ value, label: say(`yours.${value}`) }));
  const languages = (['it', 'en'] as const).map((value) => ({ value, label: say(`yours.${value}`) }));
  return (
    <CardForm title={say('yours.title')} of={server} submit={say('yours.save')} done={saved ? say('yours.saved') : undefined}>
      <Facts of={[[say('yours.address'), address]]} />
      <Select {...{ form, name: 'when', label: say('yours.daily'), choices: when }} />
      <Select {...{ form, name: 'language', label: say('yours.language'), choices: languages }} />
    </CardForm>
  );
}
