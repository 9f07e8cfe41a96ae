import type { Peers } from '@platform/internal';
import { DomainError, isRegion } from '@platform/kernel';
import { Vaults } from '../vault';
import { RemoteVault } from './remote-vault';

export const VAULT = 'vault';
const EVERY = 1_000;

/**
 * Vaults in processes of their own. Which regions there are is asked again every second; a region that is not known here yet is asked about
 * nevertheless, because its vault itself knows best.
 */
export class RemoteVaults extends Vaults {
  readonly #vaults = new Map<string, RemoteVault>();
  #regions: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #reached = false;

  constructor(private readonly peers: Peers) {
    super();
  }

  of(region: string): RemoteVault {
    const known = this.#vaults.get(region);
    if (known) return known;
    const peer = isRegion(region) ? this.peers.serving(VAULT, region) : undefined;
    if (!peer) throw new DomainError('vault.unknown-region', 'not-found', 'No vault of that region is open here.');
    const vault = new RemoteVault(region, peer);
    this.#vaults.set(region, vault);
    return vault;
  }

  async open(region: string): Promise<RemoteVault> {
    const vault = this.of(region);
    await this.peers.serving(VAULT, region)?.post(`/internal/vault/${region}/opening`);
    if (!this.#regions.includes(region)) this.#regions = [...this.#regions, region].sort();
    return vault;
  }

  regions(): readonly string[] {
    return this.#regions;
  }

  /** Whether every vault answered at the last look. */
  get reached(): boolean {
    return this.#reached;
  }

  /** Looks for the first time, and from then on regularly. A vault that is away is found later. */
  async start(): Promise<void> {
    await this.#look();
    this.#timer = setInterval(() => void this.#look(), EVERY).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const answers = await Promise.allSettled(
      this.peers.all(VAULT).map((peer) => peer.post<{ regions: readonly string[] }>('/internal/vault-regions')),
    );
    this.#reached = answers.length > 0 && answers.every(({ status }) => status === 'fulfilled');
    const told = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.regions : []));
    // A region never goes away: a vault that is down now had its regions before.
    this.#regions = [...new Set([...this.#regions, ...told])].sort();
  }
}
