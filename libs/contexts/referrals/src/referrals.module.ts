import { Inject, Module, type OnModuleInit, Optional } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { handlersFor } from '@platform/commanding';
import { ConsumerRegistry, consumingSchema } from '@platform/consuming';
import { databaseProviders, projectorRole, READER, readerRole, type SchemaPart } from '@platform/database';
import { directoryConsumer, directorySchema, PostgresDirectory } from '@platform/directory';
import { Directory } from '@platform/http';
import { Clock } from '@platform/kernel';
import { LetterQueue } from '@platform/mail';
import { Metrics } from '@platform/observability';
import { readModelsController } from '@platform/read-models';
import type { DataSource } from 'typeorm';
import { ExpireWhatIsDue } from './expire-what-is-due.reactor';
import { CaseFacts } from './facts.projection';
import { Handles } from './handles';
import { DueForLetter } from './letters/due-for-letter';
import { LetterController } from './letters/letter.controller';
import { TellWhoHasWork } from './letters/tell-who-has-work.reactor';
import { noticeSlice } from './notice/notice-slice';
import { NoticeAccess } from './notice/notice.access';
import { NoticeController } from './notice/notice.controller';
import { Notices } from './notice/notices.projection';
import { SendNoticeWhenAccessEnds } from './notice/send-notice-when-access-ends.reactor';
import { SendNoticeWhenReferralMoves } from './notice/send-notice-when-referral-moves.reactor';
import { Sending } from './notice/sending';
import { PolicyBook } from './policy-book';
import { Principals } from './principals';
import { DiscloseIdentityWhenGranted } from './referral/disclose-identity-when-granted.reactor';
import { ReferralInbox } from './referral/inbox.projection';
import { KeepWordsWhenClarified } from './referral/keep-words-when-clarified.reactor';
import { ReferralOutbox } from './referral/outbox.projection';
import { ReferralAnswerController } from './referral/referral-answer.controller';
import { ReferralChangesController } from './referral/referral-changes.controller';
import { ReferralCommanding } from './referral/referral-commanding';
import { ReferralListController } from './referral/referral-list.controller';
import { ReferralLog } from './referral/referral-log';
import { ReferralReading } from './referral/referral-reading';
import { referralSlice } from './referral/referral-slice';
import { ReferralAccess } from './referral/referral.access';
import { ReferralController } from './referral/referral.controller';
import { publishedReferral } from './referral/referral.published';
import { WithdrawReferralsWhenCaseClosed } from './referral/withdraw-referrals-when-case-closed.reactor';
import { WithdrawReferralsWhenConsentWithdrawn } from './referral/withdraw-referrals-when-consent-withdrawn.reactor';
import { referralsRowSecurity, referralsSchema } from './referrals.schema';
import { Running } from './running';

const CONTEXT = 'referrals';
const roles = [readerRole(CONTEXT), projectorRole(CONTEXT)];
const REACTORS = [
  WithdrawReferralsWhenCaseClosed,
  WithdrawReferralsWhenConsentWithdrawn,
  DiscloseIdentityWhenGranted,
  KeepWordsWhenClarified,
  SendNoticeWhenAccessEnds,
  SendNoticeWhenReferralMoves,
] as const;

@Module({
  imports: [CqrsModule],
  // Work lists come before the single referral: their paths are words where the other takes a handle.
  controllers: [
    ...[ReferralListController, ReferralController, ReferralAnswerController, NoticeController, ReferralChangesController],
    LetterController,
    readModelsController(CONTEXT),
  ],
  providers: [
    ...databaseProviders(CONTEXT),
    {
      provide: PostgresDirectory,
      useFactory: (source: DataSource, clock: Clock) => new PostgresDirectory(source, CONTEXT, clock),
      inject: [READER, Clock],
    },
    { provide: Directory, useExisting: PostgresDirectory },
    ...[Handles, PolicyBook, Principals, Running, CaseFacts, ReferralLog, ReferralReading, ReferralCommanding, Sending],
    ...[ReferralInbox, ReferralOutbox, Notices, ReferralAccess, NoticeAccess, ExpireWhatIsDue, DueForLetter, TellWhoHasWork, ...REACTORS],
    ...handlersFor(referralSlice, ReferralAccess),
    ...handlersFor(noticeSlice, NoticeAccess),
  ],
})
export class ReferralsModule implements OnModuleInit {
  /** What the relay carries to the other contexts. */
  static readonly publishes = { context: CONTEXT, toMessage: publishedReferral };

  /** Objects of the context's schema, in the order the owner makes them. */
  static readonly schema: readonly SchemaPart[] = [
    referralsSchema,
    { schemas: [CONTEXT], roles, sql: directorySchema(CONTEXT) },
    { schemas: [CONTEXT], roles, sql: consumingSchema(CONTEXT) },
    ...referralsRowSecurity,
  ];

  @Inject(ConsumerRegistry) private readonly registry!: ConsumerRegistry;
  @Inject(ReferralInbox) private readonly inbox!: ReferralInbox;
  @Inject(ReferralOutbox) private readonly outbox!: ReferralOutbox;
  @Inject(Notices) private readonly notices!: Notices;
  @Inject(CaseFacts) private readonly facts!: CaseFacts;
  @Inject(ExpireWhatIsDue) private readonly expiry!: ExpireWhatIsDue;
  @Inject(WithdrawReferralsWhenCaseClosed) private readonly closedCases!: WithdrawReferralsWhenCaseClosed;
  @Inject(WithdrawReferralsWhenConsentWithdrawn) private readonly withdrawnConsents!: WithdrawReferralsWhenConsentWithdrawn;
  @Inject(DiscloseIdentityWhenGranted) private readonly disclosures!: DiscloseIdentityWhenGranted;
  @Inject(KeepWordsWhenClarified) private readonly words!: KeepWordsWhenClarified;
  @Inject(SendNoticeWhenAccessEnds) private readonly accessNotices!: SendNoticeWhenAccessEnds;
  @Inject(SendNoticeWhenReferralMoves) private readonly referralNotices!: SendNoticeWhenReferralMoves;
  @Inject(TellWhoHasWork) private readonly letters!: TellWhoHasWork;
  @Optional() @Inject(LetterQueue) private readonly queue?: LetterQueue;
  @Optional() @Inject(Metrics) private readonly metrics?: Metrics;

  onModuleInit(): void {
    const models = [this.inbox, this.outbox, this.notices, this.facts];
    const reactors = [this.closedCases, this.withdrawnConsents, this.disclosures, this.words, this.accessNotices, this.referralNotices];
    this.registry.add(directoryConsumer(CONTEXT), ...[...models, ...reactors].map((each) => each.consumer()));
    this.registry.every(this.expiry);
    this.registry.every(this.letters);
    const { queue } = this;
    if (queue)
      this.metrics?.gauge('letters', 'Letters of the last thirty days, by kind and how they stand.', ['kind', 'status'], async () =>
        (await queue.counts()).map(({ kind, status, count }) => ({ labels: { kind, status }, value: count })),
      );
    this.registry.publish(CONTEXT, publishedReferral);
  }
}
