import { type DynamicModule, Module } from '@nestjs/common';
import { LetterQueue, Mail, MAIL_ROLE, Mailboxes, NoMail, SmtpMail } from '@platform/mail';
import { derivedKey, sharedKeys } from './folders';
import type { Parts } from './platform.module';

/** The post: who sends letters, who gets them, and which are to go out. Separate services share its tables and its key. */
@Module({})
export class PostModule {
  /** @param origin address people reach the installation under; without one a letter could not say where to sign in, and none is sent */
  static of(
    { config, clock, databases }: Pick<Parts, 'config' | 'clock' | 'databases'>,
    origin: string | (() => string) | undefined,
  ): DynamicModule {
    const { SMTP_URL: url, MAIL_FROM: from, SIGN_IN_NAME: name } = config;
    const baseUrl = typeof origin === 'string' ? () => origin : origin;
    const mail = url !== undefined && from !== undefined && baseUrl ? new SmtpMail({ url, from, name, baseUrl }) : new NoMail();
    const rows = databases.pool(MAIL_ROLE, 2);
    const providers = [
      { provide: Mail, useValue: mail },
      { provide: Mailboxes, useValue: new Mailboxes(rows, clock, derivedKey(sharedKeys(config), 'letters')) },
      { provide: LetterQueue, useValue: new LetterQueue(rows) },
    ];
    return { module: PostModule, global: true, providers, exports: providers };
  }
}
