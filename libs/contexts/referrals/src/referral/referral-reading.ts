import { Injectable } from '@nestjs/common';
import { deny, hide, type Judgement } from '@platform/access';
import type { ReferralMode } from '@contracts';
import type { Authority, FieldGroup } from '@platform/kernel';
import { refCommitment, regionOfHandle, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { CaseFacts } from '../facts.projection';
import { Handles } from '../handles';
import { PolicyBook } from '../policy-book';
import type { OpenedReferral, PreviewDigests } from './referral';
import { type FoldedReferral, offerOf, ReferralLog } from './referral-log';
import { hasEnded } from './referral-routes';
import { sideOf } from './referral.access';

/** What the named people of the receiver know beside the offer, until the referral ends. */
export interface NamedTerms {
  readonly sender: string;
  readonly reason: string;
  readonly purpose: string;
  readonly groups: readonly FieldGroup[];
  readonly mode: ReferralMode;
  /** What the receiver calls the case. */
  readonly case: string;
}
export interface ReferralView {
  readonly handle: string;
  readonly codename: string;
  readonly side: 'sender' | 'receiver';
  readonly status: string;
  readonly due: string | null;
  readonly offer: { readonly service: string; readonly region: string; readonly urgency: string; readonly language: string };
  readonly unanswered: number;
  /** On the receiving side: for the member who opened the summary and the responsible worker. */
  readonly terms: NamedTerms | null;
  /** On the sending side. */
  readonly sent: SentTerms | null;
}
export interface SentTerms extends NamedTerms {
  readonly receiver: { readonly organisation: string; readonly team: string | null; readonly region: string };
  readonly bases: readonly { readonly kind: string; readonly ref: string }[];
  readonly preview: PreviewDigests | null;
  readonly responsible: string | null;
  readonly redirectProposed: string | null;
  readonly outcome: string | null;
}
export interface Clarification {
  readonly number: number;
  readonly question: string;
  readonly answer: string | null;
}

/** A referral as one of its sides may see it. For everybody else there is none. */
@Injectable()
export class ReferralReading {
  constructor(
    private readonly log: ReferralLog,
    private readonly handles: Handles,
    private readonly policies: PolicyBook,
    private readonly reading: Reading,
    private readonly vaults: Vaults,
    private readonly cases: CaseFacts,
  ) {}

  async show(by: Authority, handle: string): Promise<{ view: ReferralView; folded: FoldedReferral }> {
    return this.#shown(by, handle, 'ReadReferral', async (folded, whole) => ({ view: await this.#view(by, folded, whole), folded }));
  }

  /** Stage 0, byte for byte what the sender's preview foretold. */
  async offer(by: Authority, handle: string): Promise<string> {
    return this.#shown(by, handle, 'ReadReferral', ({ state }) => Promise.resolve(offerOf(state)), ['REF']);
  }

  /** Questions and answers in words: from the vault, against the entry of this very reading. */
  async clarifications(by: Authority, handle: string): Promise<Clarification[]> {
    const found = await this.#decide(by, handle, 'ReadClarifications');
    const { folded, whole } = found;
    const refs = folded?.state.questions.flatMap(({ question, answer }) => (answer === null ? [question] : [question, answer])) ?? [];
    // A colleague of the receiver who is not named sees the offer and nothing more.
    const judgement =
      whole || found.judgement.effect === 'denied'
        ? found.judgement
        : deny({ ...found.judgement, reasons: ['referral.named-people-only'] });
    const question = { act: 'ReadClarifications', noun: 'referral', region: regionFor(by, found), judgement, groups: [] };
    const commitments = refs.map(refCommitment);
    return this.reading.show(by, { ...question, cases: folded ? [folded.state.case] : [], commitments }, async (receipt) => {
      if (!folded) throw new Error('a referral that was not found was permitted');
      const words = refs.length === 0 ? new Map<string, string>() : await this.vaults.of(folded.region).reveal(refs, receipt);
      return folded.state.questions.map(({ question: asked, answer }, n) => ({
        number: n + 1,
        question: words.get(asked) ?? '',
        answer: answer === null ? null : (words.get(answer) ?? ''),
      }));
    });
  }

  async #shown<T>(
    by: Authority,
    handle: string,
    act: string,
    load: (folded: FoldedReferral, whole: boolean) => Promise<T>,
    only?: readonly FieldGroup[],
  ): Promise<T> {
    const found = await this.#decide(by, handle, act);
    const { judgement, folded } = found;
    const whole = folded !== undefined && only === undefined && found.whole;
    const shown = { cases: whole ? [folded.state.case] : [], groups: only ?? (whole ? WHOLE : OFFER) };
    return this.reading.show(by, { act, noun: 'referral', region: regionFor(by, found), judgement, ...shown }, () => {
      if (!folded) throw new Error('a referral that was not found was permitted');
      return load(folded, whole);
    });
  }

  async #decide(by: Authority, handle: string, act: string): Promise<Found> {
    const region = regionOfHandle(handle);
    const known = region !== undefined && this.vaults.regions().includes(region);
    const stream = known ? await this.vaults.of(region).resolve(handle, by.actor.organisation) : undefined;
    const folded = stream?.startsWith('referral-') ? await this.log.find(stream) : undefined;
    if (!folded) return { folded, whole: false, judgement: hide({ policy: this.policies.shipped.hash, reasons: ['referral.unknown'] }) };
    const { state, at } = folded;
    // Whoever stands back from the case has no side where they would know of it, and the offer alone where they are among the receivers.
    const recused = await this.cases.recused(by, state.case);
    const sides = recused && isSender(by, state) ? [] : sideOf(by.actor, state);
    const whole = !recused && (isSender(by, state) || isNamed(by, state));
    return { folded, whole, judgement: this.policies.judge(act, by, sides, [at]) };
  }

  async #view(by: Authority, { state, region, at }: FoldedReferral, whole: boolean): Promise<ReferralView> {
    const { organisation } = by.actor;
    const sending = isSender(by, state);
    const refs = [at.stream, ...(whole ? [state.case] : []), ...(sending ? state.bases.map(({ ref }) => ref) : [])];
    const called = await this.vaults.of(region).handlesFor(refs, organisation);
    const handleOf = (stream: string): string => called.get(stream)?.handle ?? '';
    const { service, urgency, language, reason, purpose, groups, mode, receiver } = state;
    const terms = { sender: state.sender.organisation, reason, purpose, groups, mode, case: handleOf(state.case) };
    return {
      handle: handleOf(at.stream),
      codename: called.get(at.stream)?.codename ?? '',
      side: sending ? 'sender' : 'receiver',
      status: state.status,
      due: state.due === '' ? null : state.due,
      offer: { service, region: state.sender.region, urgency, language },
      unanswered: state.questions.filter(({ answer }) => answer === null).length,
      terms: whole && !sending ? terms : null,
      sent: sending
        ? {
            ...terms,
            receiver: { organisation: receiver.organisation, team: receiver.team ?? null, region: receiver.region },
            bases: state.bases.map(({ kind, ref }) => ({ kind, ref: handleOf(ref) })),
            preview: state.preview,
            responsible: state.responsible,
            redirectProposed: state.redirectProposed?.to ?? null,
            outcome: state.outcome,
          }
        : null,
    };
  }
}

interface Found {
  readonly folded: FoldedReferral | undefined;
  /** More than the offer is shown: to the sender, and to the named people of the receiver. */
  readonly whole: boolean;
  readonly judgement: Judgement;
}
const OFFER: readonly FieldGroup[] = ['REF'];
/** With the terms goes the pseudonym of the case. */
const WHOLE: readonly FieldGroup[] = ['REF', 'ID'];

const isSender = ({ actor }: Authority, state: OpenedReferral): boolean => sideOf(actor, state).includes('sender');
/** Named by the disclosure or the acceptance, while that lasts: colleagues of the same side are not. */
const isNamed = ({ actor }: Authority, state: OpenedReferral): boolean =>
  !hasEnded(state.status) &&
  sideOf(actor, state).includes('receiver') &&
  (actor.member === state.responsible || (state.status === 'UnderReview' && actor.member === state.assessor));

const regionFor = (by: Authority, { folded }: Found): string => folded?.region ?? by.actor.region;
