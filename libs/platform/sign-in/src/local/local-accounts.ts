import { randomBytes } from 'node:crypto';
import type { OpaqueTokens } from '@platform/http';
import { type Clock, DomainError, refused } from '@platform/kernel';
import type { Acr } from '../acr';
import { loginOf } from '../relying-party';
import type { SessionStore, Sql } from '../session-store';
import { AccountStore, hashOf, type StoredAccount } from './account-store';
import { Ceremony } from './ceremony';
import { type Enrolment, Enrolments } from './enrolments';
import { codeUri, newCodeSecret, stepOf } from './one-time-codes';
import {
  answered,
  type CreationOptions,
  creationOptions,
  type NewPasskey,
  type PasskeyAnswer,
  registered,
  relyingPartyOf,
  type RequestOptions,
  requestOptions,
} from './passkeys';
import { demandPassword, Passwords } from './passwords';
import { SecretBox } from './secret-box';
import { FORGOTTEN_AFTER, Throttle } from './throttle';

/** No issuer on the web can have this address: we are the issuer. */
export const LOCAL_ISSUER = 'urn:raccordo:local';
const INVITED_FOR = 7 * 24 * 60 * 60_000;

/** Who came in, and how strongly. */
export interface Admitted {
  readonly login: string;
  readonly acr: Acr;
}
/** What a browser needs to make a way in. */
export interface Beginning {
  /** To be sent back with the answer; sealed. */
  readonly attempt: string;
  readonly code: { readonly secret: string; readonly uri: string };
  /** Absent where the address is one in numbers. */
  readonly passkey: CreationOptions | undefined;
}
export interface NewPassword {
  readonly password: string;
  /** Of the secret that was offered: shows that the person's device has it. */
  readonly code: string;
}

const wrong = (): DomainError =>
  new DomainError('sign-in.refused', 'unauthenticated', 'This does not open an account here. Check what was given and try again.');
const linkDead = (): DomainError =>
  new DomainError('account.link-dead', 'not-found', 'This link was used, replaced or has expired. Ask for a new one.');

/** Accounts of an installation that is its own issuer: passkeys, or a password with one-time codes. */
export class LocalAccounts extends Enrolments {
  readonly #store: AccountStore;
  readonly #box: SecretBox;
  readonly #throttle: Throttle;
  readonly #ceremony: Ceremony;

  constructor(
    sql: Sql,
    private readonly clock: Clock,
    private readonly sessions: SessionStore,
    tokens: OpaqueTokens,
    key: Buffer,
    /** What people's devices call this installation. */
    private readonly house: string,
    private readonly passwords = new Passwords(),
  ) {
    super();
    this.#store = new AccountStore(sql);
    this.#box = new SecretBox(key);
    this.#throttle = new Throttle(sql, clock);
    this.#ceremony = new Ceremony(this.#store, tokens, clock);
  }

  loginOf = (subject: string): string => loginOf(LOCAL_ISSUER, subject);

  async invite(subject: string): Promise<Enrolment> {
    if (await this.#store.bySubject(subject))
      throw refused('account.enrolled', 'There is an account already: reset it to open another way in.');
    return this.#invitation(subject);
  }

  async reset(subject: string): Promise<Enrolment> {
    await this.#store.removeAccount(subject);
    await this.sessions.closeAllOf(this.loginOf(subject));
    return this.#invitation(subject);
  }

  async stateOf(subject: string): Promise<{ state: 'none' | 'invited' | 'enrolled'; expires?: string }> {
    if (await this.#store.bySubject(subject)) return { state: 'enrolled' };
    const expires = await this.#store.invitationOf(subject, this.clock.now());
    return expires ? { state: 'invited', expires: expires.toISOString() } : { state: 'none' };
  }

  /**
   * Begins to make an account: offers a secret for one-time codes and, where there can be any, a passkey.
   * @throws DomainError `account.link-dead` (404), `account.name-taken` (409)
   */
  async begin(origin: string, token: string, name: string): Promise<Beginning> {
    const { subject } = await this.#invited(token);
    if (await this.#store.byNameKey(this.#nameKey(name))) throw nameTaken();
    return this.#offer(origin, subject, name, []);
  }

  async enrolWithPassword(token: string, attempt: string, given: NewPassword): Promise<Admitted> {
    const { subject } = await this.#invited(token);
    const begun = await this.#ceremony.finish('new', attempt, subject);
    const made = await this.#newPassword(subject, begun, given);
    return this.#enrol(token, subject, begun.name, made, undefined, 2);
  }

  async enrolWithPasskey(origin: string, token: string, attempt: string, answer: NewPasskey): Promise<Admitted> {
    const { subject } = await this.#invited(token);
    const begun = await this.#ceremony.finish('new', attempt, subject);
    const passkey = await registered(origin, begun.challenge, answer);
    if (!passkey) throw passkeyRefused();
    return this.#enrol(token, subject, begun.name, undefined, passkey, passkey.deviceBound ? 3 : 2);
  }

  /**
   * The same work and the same answer whether the name is unknown, the password or the code is wrong, or the code was used before.
   * @throws DomainError `sign-in.refused` (401), `sign-in.too-many` (429)
   */
  async signInWithPassword(name: string, password: string, code: string): Promise<Admitted> {
    const key = this.#nameKey(name);
    const wait = await this.#throttle.begin(key);
    if (wait > 0) throw new DomainError('sign-in.too-many', 'too-many', 'Too many tries in a row for this name. Wait a little.', [], wait);
    const account = await this.#store.byNameKey(key);
    const matches = await this.passwords.matches(password, account?.password);
    const secret = account?.codeSecret ? this.#box.open(account.subject, account.codeSecret) : UNKNOWN_SECRET;
    const step = stepOf(code, secret, this.clock.now(), account?.codeStep ?? 0);
    if (!account || !matches || step === undefined || !(await this.#store.useStep(account.subject, step))) throw wrong();
    await this.#throttle.succeed(key);
    return { login: account.login, acr: 2 };
  }

  async beginPasskey(origin: string): Promise<{ attempt: string; options: RequestOptions }> {
    demandPasskeys(origin);
    const { attempt, challenge } = this.#ceremony.begin('known', { subject: '', name: '', secret: '' });
    return { attempt, options: await requestOptions(origin, challenge) };
  }

  /** @throws DomainError `sign-in.refused` (401) */
  async signInWithPasskey(origin: string, attempt: string, answer: PasskeyAnswer): Promise<Admitted> {
    const begun = await this.#ceremony.finish('known', attempt, '').catch(() => undefined);
    const passkey = await this.#store.passkey(answer.id);
    const found = begun && passkey && (await answered(origin, begun.challenge, passkey, answer));
    if (!found || !passkey) throw wrong();
    await this.#store.countPasskey(passkey.id, found.counter);
    return { login: this.loginOf(passkey.subject), acr: found.deviceBound ? 3 : 2 };
  }

  /** What an account can be opened with. */
  async waysOf(
    login: string,
  ): Promise<{ password: boolean; passkeys: { id: string; deviceBound: boolean; created: string }[]; strongest: Acr }> {
    const account = await this.#own(login);
    const passkeys = await this.#store.passkeysOf(account.subject);
    return {
      password: account.password !== null,
      passkeys: passkeys.map(({ id, deviceBound, created }) => ({ id, deviceBound, created: created.toISOString() })),
      strongest: passkeys.some(({ deviceBound }) => deviceBound) ? 3 : 2,
    };
  }

  /** Begins to add a way to one's own account, or to replace its password. */
  async beginAnother(origin: string, login: string, name: string): Promise<Beginning> {
    const account = await this.#own(login);
    if (this.#nameKey(name) !== account.nameKey) throw refused('account.other-name', 'This is not the login name of this account.');
    const known = await this.#store.passkeysOf(account.subject);
    return this.#offer(
      origin,
      account.subject,
      name,
      known.map(({ id }) => id),
    );
  }

  async addPasskey(origin: string, login: string, attempt: string, answer: NewPasskey): Promise<void> {
    const { subject } = await this.#own(login);
    const begun = await this.#ceremony.finish('new', attempt, subject);
    const passkey = await registered(origin, begun.challenge, answer);
    if (!passkey || !(await this.#store.addPasskey(subject, passkey, this.clock.now()))) throw passkeyRefused();
  }

  async replacePassword(login: string, attempt: string, given: NewPassword): Promise<void> {
    const { subject } = await this.#own(login);
    const begun = await this.#ceremony.finish('new', attempt, subject);
    const { password, codeSecret, codeStep } = await this.#newPassword(subject, begun, given);
    await this.#store.setPassword(subject, password, codeSecret, codeStep);
  }

  async removePasskey(login: string, id: string): Promise<void> {
    const { subject } = await this.#own(login);
    if (!(await this.#store.removePasskey(subject, id)))
      throw refused('account.last-way-in', 'There is no such passkey, or it is the last way in.');
  }

  async sweep(): Promise<void> {
    const now = Date.parse(this.clock.now());
    await this.#store.sweep(new Date(now).toISOString(), new Date(now - FORGOTTEN_AFTER).toISOString());
  }

  async #enrol(
    token: string,
    subject: string,
    name: string,
    made: (Pick<StoredAccount, 'codeStep'> & { password: string; codeSecret: string }) | undefined,
    passkey: Parameters<AccountStore['enrol']>[2],
    acr: Acr,
  ): Promise<Admitted> {
    const login = this.loginOf(subject);
    const account = { subject, login, nameKey: this.#nameKey(name), password: null, codeSecret: null, codeStep: 0, ...made };
    if (await this.#store.enrol(hashOf(token), account, passkey, this.clock.now())) return { login, acr };
    // Somebody was faster: either with this link, or with this name.
    await this.#invited(token);
    throw nameTaken();
  }

  async #newPassword(
    subject: string,
    { name, secret }: { name: string; secret: string },
    { password, code }: NewPassword,
  ): Promise<{ password: string; codeSecret: string; codeStep: number }> {
    demandPassword(password, name);
    const codeStep = stepOf(code, secret, this.clock.now(), 0);
    if (codeStep === undefined)
      throw new DomainError('account.code-wrong', 'invalid', 'The code does not belong to this secret.', [
        { pointer: '/code', message: 'otp.wrong: does not belong to the secret, or the clock of the device is wrong' },
      ]);
    return { password: await this.passwords.hash(password), codeSecret: this.#box.seal(subject, secret), codeStep };
  }

  async #offer(origin: string, subject: string, name: string, known: readonly string[]): Promise<Beginning> {
    const secret = newCodeSecret();
    const { attempt, challenge } = this.#ceremony.begin('new', { subject, name, secret });
    const handle = Buffer.from(this.#box.digest('authenticator', subject), 'hex');
    const { house } = this;
    const passkey =
      relyingPartyOf(origin) === undefined ? undefined : await creationOptions(origin, { house, name, handle, challenge, known });
    return { attempt, code: { secret, uri: codeUri(house, secret, name) }, passkey };
  }

  async #invitation(subject: string): Promise<Enrolment> {
    const token = randomBytes(32).toString('base64url');
    const expires = new Date(Date.parse(this.clock.now()) + INVITED_FOR).toISOString();
    await this.#store.invite(subject, hashOf(token), expires);
    return { token, expires };
  }

  async #invited(token: string): Promise<{ subject: string }> {
    const invited = await this.#store.invited(hashOf(token), this.clock.now());
    if (!invited) throw linkDead();
    return invited;
  }

  async #own(login: string): Promise<StoredAccount> {
    const account = await this.#store.byLogin(login);
    if (!account) throw new DomainError('account.not-found', 'not-found', 'There is no such account.');
    return account;
  }

  #nameKey = (name: string): string => this.#box.digest('name', name.normalize('NFKC').trim().toLowerCase());
}

/** Codes are compared with something also where there is no account. */
const UNKNOWN_SECRET = newCodeSecret();
const nameTaken = (): DomainError => refused('account.name-taken', 'Somebody here has this login name. Choose another.');
const passkeyRefused = (): DomainError =>
  refused('account.passkey-refused', 'The passkey does not answer this request, or did not verify who uses it. Try again.');
function demandPasskeys(origin: string): void {
  if (relyingPartyOf(origin) === undefined)
    throw refused('sign-in.no-passkeys-here', 'Passkeys are bound to a name of the web: this address is one in numbers.');
}
