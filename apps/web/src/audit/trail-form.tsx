import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useCodes } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Select, TextField } from '../ui/fields';
import { useActs } from './acts';
import type { TrailFilters } from './routes';
import { auditStrings } from './strings';

type Values = Readonly<Record<'dal' | 'al' | 'caso' | 'chi' | 'atto' | 'esito' | 'gruppo', string>>;
const EFFECTS = ['permitted', 'denied', 'refused'] as const;

/** Filters go to the address once they are complete: every search is an entry of the trail itself. */
export function TrailForm({ of }: { readonly of: TrailFilters }): ReactNode {
  const say = useText(auditStrings);
  const codes = useCodes();
  const acts = useActs();
  const navigate = useNavigate();
  const { dal = '', al = '', caso = '', chi = '', atto = '', esito = '', gruppo = '' } = of;
  const form = useForm<Values>({ defaultValues: { dal, al, caso, chi, atto, esito, gruppo } });
  const search = (values: Partial<Values>): void =>
    void navigate({
      to: '/registro',
      search: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as TrailFilters,
    });
  const known = acts.known
    .map((value) => ({ value, label: `${acts.name(value)} (${value})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
  // An act that has no words here may still be asked for by its code.
  const choices = atto === '' || acts.known.includes(atto) ? known : [{ value: atto, label: atto }, ...known];
  return (
    <form noValidate className="rc-card" onSubmit={(event) => void form.handleSubmit((values) => search(values))(event)}>
      <h2>{say('trail.filters')}</h2>
      <div className="rc-columns">
        <TextField form={form} name="dal" label={say('trail.from')} type="date" optional />
        <TextField form={form} name="al" label={say('trail.to')} type="date" optional />
        <Select form={form} name="atto" label={say('trail.act')} choices={choices} optional />
        <Select
          form={form}
          name="esito"
          label={say('trail.effect')}
          choices={EFFECTS.map((value) => ({ value, label: say(`effect.${value}`) }))}
          optional
        />
        <Select form={form} name="gruppo" label={say('trail.groups')} choices={codes.of('field-group')} optional />
        <TextField form={form} name="caso" label={say('trail.case')} maxLength={80} optional />
        <TextField form={form} name="chi" label={say('trail.actor')} maxLength={80} optional />
      </div>
      <Actions>
        <Button type="submit">{say('trail.apply')}</Button>
        <Button kind="second" onClick={() => search({})}>
          {say('trail.clear')}
        </Button>
      </Actions>
    </form>
  );
}
