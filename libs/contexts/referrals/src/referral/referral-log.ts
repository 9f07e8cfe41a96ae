import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { offerBody } from '@contracts';
import { EventStore } from '@platform/event-store';
import { type Fact, notFound, regionOf } from '@platform/kernel';
import { evolveReferral, initialReferral, type OpenedReferral, type Referral, type ReferralEvent } from './referral';

/** A referral folded to now, and where it stands. */
export interface FoldedReferral {
  readonly state: OpenedReferral;
  /** The sender's region, which holds the log. */
  readonly region: string;
  readonly at: Fact;
}

/** Reads referrals from their own streams: what decides comes from the log, never from a read model that may lag. */
@Injectable()
export class ReferralLog {
  constructor(private readonly store: EventStore) {}

  async find(stream: string): Promise<FoldedReferral | undefined> {
    const events = await this.store.readStream(stream);
    const last = events.at(-1);
    const state = events.reduce<Referral>((soFar, event) => evolveReferral(soFar, event as unknown as ReferralEvent), initialReferral);
    return last && state ? { state, region: regionOf(last.log), at: { stream, revision: last.revision } } : undefined;
  }

  /** @throws DomainError `referral.not-found` */
  async get(stream: string): Promise<FoldedReferral> {
    const found = await this.find(stream);
    if (!found) throw notFound('referral');
    return found;
  }
}

/** Stage 0 as the receiver is answered with it: the very bytes. */
export const offerOf = ({ service, urgency, language, sender }: OpenedReferral): string =>
  offerBody({ service, region: sender.region, urgency, language });
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
