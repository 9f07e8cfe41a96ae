import type { VaultCall, VaultPermissions } from '@platform/pseudonymity';
import { run, startVault } from '@platform/runtime';

const names: readonly VaultCall[] = ['handleFor', 'handlesFor', 'resolve'];
const values: readonly VaultCall[] = ['note', 'reveal', 'keep'];

/** What each service may ask of a vault, and nothing else: who seals and opens events, who may erase, who only calls subjects by a handle. */
const permissions: VaultPermissions = {
  regions: [...names, ...values, 'put', 'opening'],
  cases: [...names, ...values, 'put', 'describe', 'resolveCodename', 'seal', 'open', 'label', 'claim', 'shred', 'isShredded'],
  referrals: [...names, ...values],
  alerts: [...names, ...values],
  audit: names,
};

void run((config) => startVault(config, { permissions }));
