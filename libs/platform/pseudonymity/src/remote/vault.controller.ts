import { Controller, type DynamicModule, HttpCode, Inject, Module, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf, Internal, InternalDoor } from '@platform/internal';
import { DomainError, notFound } from '@platform/kernel';
import { type Vault, Vaults } from '../vault';
import { isVaultCall, runCall, type VaultCall } from './vault-calls';

/** Vaults of this process, those included that another instance of it opened a moment ago. */
export abstract class OwnVaults extends Vaults {
  abstract find(region: string): Promise<Vault>;
}

/** Service → what it may ask of a vault: data of the composition root, so that a reviewer sees it in one place. */
export type VaultPermissions = Readonly<Record<string, readonly (VaultCall | 'opening')[]>>;
const PERMISSIONS = Symbol('who may ask what of a vault');
const SERVICES = ['regions', 'cases', 'referrals', 'alerts', 'audit', 'gateway'];

/** The vault's door. What it is asked and what it answers stand in no log: bodies never do, and paths hold the region and the question only. */
@InternalDoor()
@Controller('internal')
class VaultController {
  constructor(
    @Inject(Vaults) private readonly vaults: OwnVaults,
    @Inject(PERMISSIONS) private readonly permissions: VaultPermissions,
  ) {}

  @Post('vault-regions')
  @HttpCode(200)
  @Internal(...SERVICES)
  regions(): { regions: readonly string[] } {
    return { regions: this.vaults.regions() };
  }

  @Post('vault/:region/opening')
  @HttpCode(204)
  @Internal(...SERVICES)
  async open(@Req() request: Request, @Param('region') region: string): Promise<void> {
    this.#permit(request, 'opening');
    await this.vaults.open(region);
  }

  @Post('vault/:region/:call')
  @HttpCode(200)
  @Internal(...SERVICES)
  async ask(@Req() request: Request, @Param('region') region: string, @Param('call') call: string): Promise<{ answer: unknown }> {
    if (!isVaultCall(call)) throw notFound('route');
    this.#permit(request, call);
    const { given } = request.body as { given?: unknown };
    if (call === 'reveal') refuseForeignReceipt(callerOf(request), given);
    return { answer: await runCall(await this.vaults.find(region), call, given) };
  }

  #permit(request: Request, call: VaultCall | 'opening'): void {
    if (this.permissions[callerOf(request)]?.includes(call)) return;
    throw new DomainError('vault.not-yours', 'forbidden', 'This service has no business asking that of a vault.');
  }
}

/** A service shows receipts of its own trail only: `cases.17`, or `cases-0.17` where it has several instances. */
function refuseForeignReceipt(caller: string, given: unknown): void {
  const { producer } = ((given as unknown[] | undefined)?.[1] ?? {}) as { producer?: unknown };
  if (typeof producer === 'string' && (producer.startsWith(`${caller}.`) || producer.startsWith(`${caller}-`))) return;
  throw new DomainError('vault.receipt-mismatch', 'forbidden', 'The audit receipt is of another service: nothing was opened.');
}

@Module({})
export class VaultModule {
  static of(vaults: OwnVaults, permissions: VaultPermissions): DynamicModule {
    const providers = [
      { provide: Vaults, useValue: vaults },
      { provide: PERMISSIONS, useValue: permissions },
    ];
    return { module: VaultModule, controllers: [VaultController], providers };
  }
}
