export interface InboxItem {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
  readonly region: string;
  readonly service: string;
  readonly urgency: string;
  readonly language: string;
  readonly status: string;
  readonly due: string;
  readonly unanswered: number;
  readonly mine: boolean;
}
export interface OutboxItem {
  readonly handle: string;
  readonly codename: string;
  readonly etag: string;
  readonly case: string;
  readonly receiver: string;
  readonly receiverRegion: string;
  readonly service: string;
  readonly urgency: string;
  readonly status: string;
  readonly due: string | null;
  readonly outcome: string | null;
  readonly redirectTo: string | null;
  readonly unanswered: number;
}
export interface NoticeItem {
  readonly handle: string;
  readonly etag: string;
  readonly kind: string;
  readonly status: string;
  readonly about: string;
  readonly sentAt: string;
  readonly due: string;
}
export interface Items<T> {
  readonly items: readonly T[];
}
