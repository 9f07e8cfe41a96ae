import type { Config } from '@platform/config';
import { InternalModule, type Peers } from '@platform/internal';
import { DomainError } from '@platform/kernel';
import type { Log } from '@platform/observability';
import { type EmbeddedVaults, OwnVaults, VAULT_ROLE, VaultModule, type VaultPermissions, vaultSchema } from '@platform/pseudonymity';
import { DoorsModule } from './doors.controller';
import { folders } from './folders';
import { embeddedVaults } from './parts';
import { vaultDatabases } from './preparing';
import { takeSeat } from './seat';
import { createApp, instruments, listen } from './serving';

const SWEEP = 3_600_000;
/** Notes and lists of subjects can be long; nothing else comes here. */
const BODY_LIMIT_KB = 4_096;
const BOUNDLESS = { burst: 1e9, perSecond: 1e9 };

export interface VaultComposition {
  readonly permissions: VaultPermissions;
}

/** A vault in a process of its own: own key files, own database role and owner, own key for their passwords. */
export async function startVault(config: Config, { permissions }: VaultComposition): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL === undefined) throw new Error('the vault needs DATABASE_URL');
  const tools = instruments(config);
  const { log, clock, readiness } = tools;
  const seat = takeSeat(config, 'vault');
  const where = folders(config.DATA_DIR);
  const databases = vaultDatabases(config);
  if (config.DATABASE_PREPARE) await databases.prepare([vaultSchema]);
  const own = await embeddedVaults(databases, where.regionKeys, clock);
  const vaults = config.VAULT_REGIONS === undefined ? own : new OnlyThese(own, config.VAULT_REGIONS.split(','));
  readiness.add('vault-database', async () => (await databases.pool(VAULT_ROLE).query('select 1'), true));
  const modules = [
    InternalModule.of(seat.name, seat.trust),
    VaultModule.of(vaults, permissions),
    DoorsModule.of(clock, () => Promise.resolve(true)),
  ];
  const app = await createApp(tools, modules, { bodyLimitKb: BODY_LIMIT_KB, rates: { address: BOUNDLESS } });
  const url = await listen(app, config);
  log.started();
  const sweeping = setInterval(() => void sweepWhenSettled(own, seat.peers, clock.now(), log), SWEEP).unref();
  const stop = async (): Promise<void> => {
    clearInterval(sweeping);
    await app.close();
    await databases.close();
  };
  return { url, stop };
}

/**
 * Removes abandoned values, unless any service is away or has events it has not looked at: an abandoned value cannot be told from one whose
 * event is still on its way. Answers whether it was done.
 */
export async function sweepWhenSettled(vaults: EmbeddedVaults, peers: Peers, now: string, log: Log): Promise<boolean> {
  const asked = peers.all().filter(({ name }) => name !== 'gateway' && name !== 'relay');
  if (asked.length === 0) return false;
  try {
    const answers = await Promise.all(asked.map((peer) => peer.post<{ settled: boolean }>('/internal/settled')));
    if (answers.some(({ settled }) => !settled)) return false;
    await vaults.sweep(now);
    return true;
  } catch {
    log.write('warn', 'vault-not-swept');
    return false;
  }
}

/** A vault of some regions only: the others are opened elsewhere, or nowhere. */
class OnlyThese extends OwnVaults {
  constructor(
    private readonly vaults: EmbeddedVaults,
    private readonly allowed: readonly string[],
  ) {
    super();
  }

  of(region: string) {
    return this.vaults.of(this.#mine(region));
  }
  async find(region: string) {
    return this.vaults.find(this.#mine(region));
  }
  async open(region: string) {
    return this.vaults.open(this.#mine(region));
  }
  regions(): readonly string[] {
    return this.vaults.regions().filter((region) => this.allowed.includes(region));
  }
  #mine(region: string): string {
    if (this.allowed.includes(region)) return region;
    throw new DomainError('vault.unknown-region', 'not-found', 'This vault serves other regions.');
  }
}
