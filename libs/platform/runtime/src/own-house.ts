import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '@platform/config';
import { FileRegionKeys, KeyEscrow } from '@platform/pseudonymity';
import { folders } from './folders';

/** What only a process that is the whole installation has at hand: the region keys themselves. */
@Module({})
export class OwnHouseModule {
  static of(config: Config): DynamicModule {
    const providers = [{ provide: KeyEscrow, useValue: new FileRegionKeys(folders(config.DATA_DIR).regionKeys) }];
    return { module: OwnHouseModule, global: true, providers, exports: providers };
  }
}
