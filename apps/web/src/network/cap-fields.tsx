import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import type { Choice } from '../text/codes';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { CodeChoices } from '../ui/code-fields';
import { ErrorLine, Select } from '../ui/fields';
import type { Form } from '../ui/form';
import { agreementStrings } from './agreement-strings';

export interface DraftValues {
  readonly parties: string[];
  readonly scope: string[];
  readonly caps: { from: string; to: string; groups: string[] }[];
  readonly expiresAt: string;
}

/** What one party may at most show another: a pair with a direction, one after the other. */
export function CapFields({ form, parties }: { readonly form: Form<DraftValues>; readonly parties: readonly Choice[] }): ReactNode {
  const say = useText(agreementStrings);
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'caps' });
  const error = form.getFieldState('caps', form.formState).error?.message;
  return (
    <fieldset
      className={error === undefined ? 'rc-field' : 'rc-field rc-field-bad'}
      data-field="caps"
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : 'caps-error'}
    >
      <legend>{say('caps')}</legend>
      <p className="rc-field-hint">{say('capsHint')}</p>
      {fields.map(({ id }, n) => (
        <fieldset key={id} className="rc-card">
          <legend>{say('cap', { n: n + 1 })}</legend>
          <div className="rc-columns">
            <Select form={form} name={`caps.${n}.from`} label={say('from')} choices={parties} />
            <Select form={form} name={`caps.${n}.to`} label={say('to')} choices={parties} />
          </div>
          <CodeChoices form={form} name={`caps.${n}.groups`} label={say('groups')} list="field-group" />
          <Button kind="second" onClick={() => remove(n)}>
            {say('dropCap', { n: n + 1 })}
          </Button>
        </fieldset>
      ))}
      <ErrorLine id="caps" error={error} />
      <Actions>
        <Button kind="second" onClick={() => append({ from: '', to: '', groups: [] })}>
          {say('addCap')}
        </Button>
      </Actions>
    </fieldset>
  );
}
