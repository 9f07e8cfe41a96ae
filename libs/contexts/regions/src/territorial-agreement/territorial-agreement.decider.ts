import { assertNever, Command, type Decider, type DecisionContext, invalid, isSystem, notFound, refused } from '@platform/kernel';
import type { OrganisationStanding } from '../organisation/organisation';
import {
  type AgreementTermination,
  evolveAgreement,
  noAgreement,
  type TerritorialAgreement,
  type TerritorialAgreementEvent,
  type Terms,
} from './territorial-agreement';

export class DraftAgreement extends Command {
  readonly kind = 'DraftAgreement';
  constructor(
    readonly id: string,
    readonly terms: Terms,
  ) {
    super();
  }
}
export class OpenNegotiation extends Command {
  readonly kind = 'OpenNegotiation';
  constructor(readonly id: string) {
    super();
  }
}
/** Signs for the actor's own organisation. */
export class SignAgreement extends Command {
  readonly kind = 'SignAgreement';
  constructor(readonly id: string) {
    super();
  }
}
export class ActivateAgreement extends Command {
  readonly kind = 'ActivateAgreement';
  constructor(readonly id: string) {
    super();
  }
}
/** The clock's command. */
export class ExpireAgreement extends Command {
  readonly kind = 'ExpireAgreement';
  constructor(readonly id: string) {
    super();
  }
}
export class TerminateAgreement extends Command {
  readonly kind = 'TerminateAgreement';
  constructor(
    readonly id: string,
    readonly reason: AgreementTermination,
  ) {
    super();
  }
}

export const territorialAgreementCommands = [
  DraftAgreement,
  OpenNegotiation,
  SignAgreement,
  ActivateAgreement,
  ExpireAgreement,
  TerminateAgreement,
] as const;
export type TerritorialAgreementCommand = InstanceType<(typeof territorialAgreementCommands)[number]>;

export interface AgreementFacts {
  /** The parties, by id. */
  readonly organisations: ReadonlyMap<string, OrganisationStanding>;
}
type Context = DecisionContext<AgreementFacts>;

const LONGEST_YEARS = 5;

function decide(command: TerritorialAgreementCommand, state: TerritorialAgreement, context: Context): TerritorialAgreementEvent[] {
  if (command.kind === 'DraftAgreement') return draft(command.terms, state, context);
  if (state.status === '-') throw notFound('territorialAgreement');
  switch (command.kind) {
    case 'OpenNegotiation':
      if (state.status === 'Negotiating') return [];
      if (state.status !== 'Drafted') throw over(state);
      byParty(state, context);
      return [{ type: 'AgreementNegotiationOpened', data: {} }];
    case 'SignAgreement':
      return sign(state, context);
    case 'ActivateAgreement':
      return activate(state, context);
    case 'ExpireAgreement':
      if (state.status === 'Expired') return [];
      if (state.status !== 'Active') throw refused('territorialAgreement.not-active', 'Only an active agreement expires.');
      if (!isSystem(context.actor))
        throw refused('territorialAgreement.only-by-clock', 'An agreement expires by the clock; people terminate it.');
      if (context.at < state.terms.expiresAt) throw refused('territorialAgreement.not-yet-due', 'The agreement is still in force.');
      return [{ type: 'AgreementExpired', data: {} }];
    case 'TerminateAgreement':
      if (state.status === 'Terminated') return [];
      if (state.status === 'Expired') throw refused('territorialAgreement.expired', 'The agreement has expired.');
      byParty(state, context);
      return [{ type: 'AgreementTerminated', data: { reason: command.reason } }];
    default:
      return assertNever(command);
  }
}

function draft(terms: Terms, state: TerritorialAgreement, context: Context): TerritorialAgreementEvent[] {
  if (state.status !== '-') {
    if (state.status === 'Drafted' && sameTerms(terms, state.terms)) return [];
    throw refused('territorialAgreement.already-drafted', 'This agreement was drafted already; other terms are another agreement.');
  }
  const parties = terms.parties.map(({ organisation }) => organisation);
  if (new Set(parties).size !== parties.length) throw invalid('territorialAgreement.party-twice', '/parties', 'A party is named once.');
  if (parties.length < 2) throw invalid('territorialAgreement.too-few-parties', '/parties', 'An agreement needs at least two parties.');
  if (terms.scope.length === 0) throw invalid('territorialAgreement.without-scope', '/scope', 'An agreement names the purposes it is for.');
  for (const [n, { from, to, groups }] of terms.caps.entries()) {
    if (from === to || !parties.includes(from) || !parties.includes(to))
      throw invalid('territorialAgreement.cap-of-stranger', `/caps/${n}`, 'A cap is between two different parties.');
    if (terms.caps.findIndex((other) => other.from === from && other.to === to) !== n)
      throw invalid('territorialAgreement.cap-twice', `/caps/${n}`, 'A pair of parties has one cap.');
    if (new Set(groups).size !== groups.length)
      throw invalid('territorialAgreement.group-twice', `/caps/${n}/groups`, 'A field group is named once.');
  }
  endsInTime(terms, context.at);
  partiesStand(terms, context);
  byParty({ ...state, terms }, context);
  return [{ type: 'AgreementDrafted', data: terms }];
}

function sign(state: TerritorialAgreement, context: Context): TerritorialAgreementEvent[] {
  const { organisation } = context.actor;
  if (state.signed.includes(organisation) && (state.status === 'Negotiating' || state.status === 'Active')) return [];
  if (state.status === 'Drafted') throw refused('territorialAgreement.not-negotiating', 'The negotiation has not been opened.');
  if (state.status !== 'Negotiating') throw over(state);
  if (!isParty(state, organisation)) throw refused('territorialAgreement.not-a-party', 'Only the parties act on an agreement.');
  return [{ type: 'AgreementSigned', data: { organisation } }];
}

function activate(state: TerritorialAgreement, context: Context): TerritorialAgreementEvent[] {
  if (state.status === 'Active') return [];
  if (state.status === 'Drafted') throw refused('territorialAgreement.not-negotiating', 'The negotiation has not been opened.');
  if (state.status !== 'Negotiating') throw over(state);
  byParty(state, context);
  if (!state.terms.parties.every(({ organisation }) => state.signed.includes(organisation)))
    throw refused('territorialAgreement.unsigned', 'Not every party has signed.');
  if (context.at >= state.terms.expiresAt) throw refused('territorialAgreement.past-its-end', 'The end agreed on has passed.');
  partiesStand(state.terms, context);
  return [{ type: 'AgreementActivated', data: state.terms }];
}

/** The service itself may act where an event makes it (a party left the network). */
function byParty(state: TerritorialAgreement, { actor }: Context): void {
  if (!isSystem(actor) && !isParty(state, actor.organisation))
    throw refused('territorialAgreement.not-a-party', 'Only the parties act on an agreement.');
}
const isParty = ({ terms }: TerritorialAgreement, organisation: string): boolean =>
  terms.parties.some((party) => party.organisation === organisation);

function partiesStand(terms: Terms, { facts }: Context): void {
  const standing = terms.parties.every(({ organisation, region }) => {
    const known = facts.organisations.get(organisation);
    return known?.active === true && known.region === region;
  });
  if (!standing)
    throw refused('territorialAgreement.party-not-accredited', 'Every party must be an accredited organisation of the region named.');
}

function endsInTime({ expiresAt }: Terms, at: string): void {
  const end = Date.parse(expiresAt);
  if (!(end > Date.parse(at)))
    throw invalid('territorialAgreement.without-end', '/expiresAt', 'An agreement needs an end that lies ahead.');
  const latest = `${Number(at.slice(0, 4)) + LONGEST_YEARS}${at.slice(4)}`;
  if (end > Date.parse(latest))
    throw invalid('territorialAgreement.too-long', '/expiresAt', `An agreement lasts at most ${LONGEST_YEARS} years.`);
}

const over = ({ status }: TerritorialAgreement): Error =>
  refused(status === 'Active' ? 'territorialAgreement.already-active' : 'territorialAgreement.over', 'This agreement is past that.');

const sameTerms = (one: Terms, other: Terms): boolean =>
  one.expiresAt === other.expiresAt &&
  one.scope.join() === other.scope.join() &&
  one.parties.map(({ organisation }) => organisation).join() === other.parties.map(({ organisation }) => organisation).join() &&
  one.caps.map(capText).join() === other.caps.map(capText).join();
const capText = ({ from, to, groups }: Terms['caps'][number]): string => `${from}>${to}:${groups.join('+')}`;

export const territorialAgreementDecider: Decider<
  TerritorialAgreement,
  TerritorialAgreementCommand,
  TerritorialAgreementEvent,
  AgreementFacts
> = {
  initialState: noAgreement,
  decide,
  evolve: evolveAgreement,
};
