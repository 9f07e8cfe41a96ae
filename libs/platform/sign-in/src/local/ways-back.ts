import type { Enrolment } from './enrolments';

/** Somebody who may have an account here, by what is known without opening a name. */
export interface Holder {
  readonly member: string;
  readonly status: string;
  readonly roles: readonly string[];
  readonly signIn: 'none' | 'invited' | 'enrolled';
}

/**
 * What whoever runs the machine may do when nobody is left who could: an only administrator lost their key. Each of these deeds is on record
 * before anything changes. Absent where no context of the process keeps people.
 */
export abstract class WaysBack {
  /** @throws DomainError `member.signs-in-elsewhere` where the installation is not its own issuer, as both below */
  abstract holders(): Promise<readonly Holder[]>;
  /** A new link for somebody without an account; an earlier one stops working. @throws DomainError `account.enrolled` */
  abstract invite(member: string): Promise<Enrolment>;
  /** Ends the person's sessions, throws away every way in, and opens one to make new ones. */
  abstract reset(member: string): Promise<Enrolment>;
}
