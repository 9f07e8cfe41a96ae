import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '@platform/config';
import { Mail, NoMail, SmtpMail } from '@platform/mail';
import { FileRegionKeys, KeyEscrow } from '@platform/pseudonymity';
import { folders } from './folders';

/** What only a process that is the whole installation has at hand: the region keys themselves, and the post. */
@Module({})
export class OwnHouseModule {
  static of(config: Config, baseUrl: () => string): DynamicModule {
    const { SMTP_URL: url, MAIL_FROM: from } = config;
    const mail = url !== undefined && from !== undefined ? new SmtpMail({ url, from, baseUrl }) : new NoMail();
    const providers = [
      { provide: KeyEscrow, useValue: new FileRegionKeys(folders(config.DATA_DIR).regionKeys) },
      { provide: Mail, useValue: mail },
    ];
    return { module: OwnHouseModule, global: true, providers, exports: providers };
  }
}
