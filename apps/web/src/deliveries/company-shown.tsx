import { type ReactNode, useState } from 'react';
import { useChange } from '../api/query';
import { useText } from '../text/strings';
import { Actions, Button } from '../ui/button';
import { Facts, Notice } from '../ui/notice';
import { ReasonDialog } from '../ui/reason-dialog';
import { useStepUp } from '../ui/step-up';
import type { Delivery } from './answers';
import { deliveryStrings } from './strings';

type Field = 'name' | 'vat';

/** The company, where this kind of recipient may know it: by codename, and one value at a time with a reason. */
export function CompanyShown({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const say = useText(deliveryStrings);
  const { company, disputed, content } = delivery;
  if (content.subject === 'territory') return <p className="rc-soft">{say('read.territory')}</p>;
  if (disputed) return <Notice tone="warn" title={say('read.disputed')} />;
  if (!company) return <Notice title={say('read.noCompany')} />;
  return <Revealing handle={delivery.handle} codename={company.codename} fields={company.revealable} />;
}

interface Props {
  readonly handle: string;
  readonly codename: string;
  readonly fields: readonly Field[];
}

function Revealing({ handle, codename, fields }: Props): ReactNode {
  const say = useText(deliveryStrings);
  const [asking, setAsking] = useState<Field>();
  // Opened values live in this component only: leaving the page forgets them.
  const [opened, setOpened] = useState<Partial<Record<Field, string>>>({});
  const stepUp = useStepUp(2);
  const reveal = useChange<'/api/deliveries/{handle}/company/reveals', { value: string }>('/api/deliveries/{handle}/company/reveals');
  const open = async (field: Field, reason: string): Promise<void> => {
    const { data } = await reveal.mutateAsync({ params: { handle }, body: { field, reason } });
    setOpened((now) => ({ ...now, [field]: data.value }));
  };
  return (
    <section className="rc-card" aria-labelledby="company">
      <h2 id="company">
        {say('read.company')}: {codename}
      </h2>
      <div role="status">
        <Facts
          of={fields.flatMap((field) => (opened[field] === undefined ? [] : [[say(`read.value.${field}`), opened[field]] as const]))}
        />
      </div>
      <Actions>
        {fields
          .filter((field) => opened[field] === undefined)
          .map((field) => (
            <Button key={field} kind="second" onClick={stepUp.before(() => setAsking(field))}>
              {say(`read.reveal.${field}`)}
            </Button>
          ))}
        {Object.keys(opened).length > 0 ? (
          <Button kind="second" onClick={() => setOpened({})}>
            {say('read.hide')}
          </Button>
        ) : null}
      </Actions>
      {stepUp.dialog}
      {asking ? (
        <ReasonDialog
          title={say('read.revealTitle')}
          text={say('read.revealText')}
          label={say('read.reason')}
          hint={say('read.reasonHint')}
          go={say('read.revealGo')}
          onClose={() => setAsking(undefined)}
          onReason={(reason) => open(asking, reason)}
        />
      ) : null}
    </section>
  );
}
