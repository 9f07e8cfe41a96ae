import { systemActor } from '@platform/kernel';
import { checkMachine, deciding, person, streamId } from '@platform/testing';
import type { TerritorialAgreementEvent, Terms } from './territorial-agreement';
import {
  ActivateAgreement,
  DraftAgreement,
  ExpireAgreement,
  OpenNegotiation,
  SignAgreement,
  TerminateAgreement,
  type TerritorialAgreementCommand,
  territorialAgreementDecider,
} from './territorial-agreement.decider';

const id = streamId('territorialAgreement', 1);
const [umbrian, tuscan] = [streamId('organisation', 1), streamId('organisation', 2)];
const standing = (organisation: string, region: string) =>
  [organisation, { organisation, kind: 'association', sector: 'private_social', region, active: true } as const] as const;
const facts = { organisations: new Map([standing(umbrian, 'umbria'), standing(tuscan, 'toscana')]) };
const terms: Terms = {
  parties: [
    { organisation: umbrian, region: 'umbria' },
    { organisation: tuscan, region: 'toscana' },
  ],
  scope: ['joint_case'],
  caps: [],
  expiresAt: '2032-03-14T12:00:00.000Z',
};
const drafted: TerritorialAgreementEvent[] = [{ type: 'AgreementDrafted', data: terms }];
const opened: TerritorialAgreementEvent[] = [...drafted, { type: 'AgreementNegotiationOpened', data: {} }];
const signed: TerritorialAgreementEvent[] = [
  ...opened,
  { type: 'AgreementSigned', data: { organisation: umbrian } },
  { type: 'AgreementSigned', data: { organisation: tuscan } },
];
const active: TerritorialAgreementEvent[] = [...signed, { type: 'AgreementActivated', data: terms }];
const pasts: Record<string, TerritorialAgreementEvent[]> = {
  '-': [],
  Drafted: drafted,
  Negotiating: opened,
  Active: active,
  Expired: [...active, { type: 'AgreementExpired', data: {} }],
  Terminated: [...active, { type: 'AgreementTerminated', data: { reason: 'breach' } }],
};
const commands: Record<string, TerritorialAgreementCommand> = {
  DraftAgreement: new DraftAgreement(id, terms),
  OpenNegotiation: new OpenNegotiation(id),
  SignAgreement: new SignAgreement(id),
  ActivateAgreement: new ActivateAgreement(id),
  ExpireAgreement: new ExpireAgreement(id),
  TerminateAgreement: new TerminateAgreement(id, 'breach'),
};

checkMachine({
  noun: 'territorialAgreement',
  decider: territorialAgreementDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({
    given: command === 'ActivateAgreement' && from === 'Negotiating' ? signed : pasts[from]!,
    command: commands[command]!,
    context:
      command === 'ExpireAgreement'
        ? deciding(facts, systemActor('umbria'), terms.expiresAt)
        : deciding(facts, person({ organisation: umbrian })),
  }),
});
