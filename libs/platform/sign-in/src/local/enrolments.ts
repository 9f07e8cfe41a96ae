/** A link that lets one person make their way in, once. */
export interface Enrolment {
  /** Goes to the person by a safe way; only its hash is kept. */
  readonly token: string;
  /** ISO 8601. */
  readonly expires: string;
}

/** Where the installation is its own issuer: who may make an account. Absent where people sign in elsewhere. */
export abstract class Enrolments {
  /** What an account of this subject will be known as to members: hex SHA-256 of issuer and subject. */
  abstract loginOf(subject: string): string;
  /**
   * Opens a way in for somebody who has none yet; an earlier link stops working.
   * @param subject stream id of the member
   * @throws DomainError `account.enrolled` once there is an account: only a reset opens another way
   */
  abstract invite(subject: string): Promise<Enrolment>;
  /** Ends every session of the account, throws its password, codes and passkeys away, and opens a way to make new ones. */
  abstract reset(subject: string): Promise<Enrolment>;
  /** How far somebody has come: no link, an open link, or an account. */
  abstract stateOf(subject: string): Promise<{ readonly state: 'none' | 'invited' | 'enrolled'; readonly expires?: string }>;
}
