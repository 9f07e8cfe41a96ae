import type { AuditRecorder } from '@platform/auditing';
import type { Log } from '@platform/observability';
import type { Vaults } from '@platform/pseudonymity';
import type { FailedSignIn } from '@platform/sign-in';

/** Failed sign-ins stand in the trail without a name; floods of them are folded by the recorder. */
export const recordFailedSignIn =
  (vaults: Vaults, recorder: AuditRecorder, log: Log) =>
  async ({ reason, at, request, from }: FailedSignIn): Promise<void> => {
    const [region] = vaults.regions();
    if (region === undefined) return;
    const nobody = { actor: 'anonymous', organisation: 'anonymous', role: 'none', session: from, acr: 0 };
    const nothing = { policy: '', facts: [], cases: [], groups: [], commitments: [] };
    const entry = {
      v: 1 as const,
      at,
      region,
      request,
      ...nobody,
      act: 'SignIn',
      purpose: 'none',
      effect: 'denied' as const,
      reasons: [reason],
      ...nothing,
    };
    // The person was not let in anyway: a trail that cannot take this entry must not turn it into an error page.
    await recorder.record(entry).catch(() => log.write('warn', 'audit-unavailable'));
  };
