import { systemActor } from '@platform/kernel';
import { checkMachine, deciding } from '@platform/testing';
import * as example from '../alert/alert-examples';
import type { AlertDeliveryEvent } from './alert-delivery';
import * as rules from './alert-delivery.decider';
import { contentFor } from './alert-profile';

const ID = example.DELIVERY;
const content = contentFor('inspection', example.issued, false);
if (!content) throw new Error('the example is told nobody');
const terms = { alert: example.ALERT, issuer: example.ISSUER, recipient: example.INSPECTORATE, content, due: example.EXPIRES };
const delivered: AlertDeliveryEvent = { type: 'AlertDelivered', data: { ...terms, kind: 'labour_inspectorate' } };
const acknowledged: AlertDeliveryEvent = { type: 'AlertAcknowledged', data: { member: example.inspector.member } };
const { alert } = terms;
const pasts: Readonly<Record<string, readonly AlertDeliveryEvent[]>> = {
  '-': [],
  Delivered: [delivered],
  Acknowledged: [delivered, acknowledged],
  Answered: [delivered, acknowledged, { type: 'AlertAnswered', data: { alert, outcome: 'received' } }],
  DeliveryWithdrawn: [delivered, { type: 'AlertDeliveryWithdrawn', data: { alert } }],
  DeliveryExpired: [delivered, { type: 'AlertDeliveryExpired', data: { alert } }],
};
const attempts: Readonly<Record<string, () => rules.AlertDeliveryCommand>> = {
  DeliverAlert: () => new rules.DeliverAlert(ID, alert, example.INSPECTORATE, example.issued),
  AcknowledgeAlert: () => new rules.AcknowledgeAlert(ID),
  AnswerAlert: () => new rules.AnswerAlert(ID, 'inspection_planned'),
  WithdrawDelivery: () => new rules.WithdrawDelivery(ID),
  ExpireDelivery: () => new rules.ExpireDelivery(ID),
};

checkMachine({
  noun: 'alertDelivery',
  decider: rules.alertDeliveryDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from] ?? [],
    command: attempts[command]?.() ?? new rules.ExpireDelivery(ID),
    context: deciding(
      { recipient: { kind: 'labour_inspectorate' as const, active: true, signatory: false } },
      command.startsWith('A') ? example.inspector : systemActor('umbria'),
      command === 'ExpireDelivery' ? example.EXPIRES : example.DRAFTED_AT,
    ),
  }),
});
