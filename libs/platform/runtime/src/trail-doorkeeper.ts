import type { AuditRecorder } from '@platform/auditing';
import { Doorkeeper, type TurnedAway } from '@platform/http';
import type { Authority, DomainError } from '@platform/kernel';
import type { Vaults } from '@platform/pseudonymity';
import { type DecisionLog, isOnRecord } from '@platform/querying';

/** Puts on record what the policies were not asked about: who is no member here, and who asked for a record that is none. */
export class TrailDoorkeeper extends Doorkeeper {
  constructor(
    private readonly decisions: DecisionLog,
    private readonly recorder: AuditRecorder,
    private readonly vaults: Vaults,
  ) {
    super();
  }

  /** The session tells who it was as long as they were a member: its other entries name them. */
  override async turnedAway({ at, request, act, session, acr }: TurnedAway): Promise<void> {
    const [region] = this.vaults.regions();
    if (region === undefined) return;
    const nobody = { actor: 'no-member', organisation: 'no-member', role: 'none', session, acr };
    const nothing = { policy: '', facts: [], cases: [], groups: [], commitments: [] };
    const outcome = { purpose: 'none', effect: 'denied' as const, reasons: ['caller.not-a-member'] };
    await this.recorder.record({ v: 1, at, region, request, ...nobody, act, ...outcome, ...nothing });
  }

  /** In the caller's own region, as a reading that finds nothing. What they called the record is not kept: it may be anything. */
  override async foundNothing(by: Authority, act: string, error: DomainError): Promise<void> {
    if (isOnRecord(error)) return;
    const reasons = [error.code.replace(/\.not-found$/, '.unknown')];
    const nothing = { policy: '', facts: [], cases: [], groups: [] };
    await this.decisions.record(by, { act, region: by.actor.region, effect: 'denied', reasons, ...nothing });
  }
}
