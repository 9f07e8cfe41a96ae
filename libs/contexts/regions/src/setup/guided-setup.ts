import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { uuidOf } from '@platform/commanding';
import { SetupToken } from '@platform/config';
import { OpaqueTokens } from '@platform/http';
import { Clock, type Discipline, DomainError, invalid, type OrganisationKind, refused, type Role } from '@platform/kernel';
import { Mail, type Sent } from '@platform/mail';
import { KeyEscrow, newRecoveryWords, passphraseOf, RECOVERY_WORDS, Vaults, type WordLanguage } from '@platform/pseudonymity';
import { type Enrolment, Enrolments } from '@platform/sign-in';
import { AssignRole, InviteMember } from '../member/member.decider';
import { AccreditOrganisation, RegisterOrganisation } from '../organisation/organisation.decider';
import { ActivateRegion, RegisterRegion } from '../region/region.decider';
import { Setup } from './setup';

export interface Ground {
  readonly region: string;
  /** The region's own office: answers for the data and accredits everybody else. */
  readonly office: string;
  /** Who has custody of cases where nobody else does. */
  readonly custodian: { readonly kind: OrganisationKind; readonly designation: string };
  readonly agreement: string;
  readonly signedOn: string;
}
export interface Newcomer {
  /** Word of the caller's own, by which a repeated request is recognised. */
  readonly key: string;
  readonly at: 'office' | 'custodian';
  readonly name: string;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
}
export interface Welcomed {
  readonly key: string;
  readonly member: string;
  /** Absent once the person has an account, or where they sign in elsewhere. */
  readonly enrolment?: Enrolment;
}
export interface KeySheet {
  /** Shown once; kept nowhere. */
  readonly words: readonly string[];
  /** The keys under these words, base64. */
  readonly file: string;
  /** Hex SHA-256 of the file. */
  readonly fingerprint: string;
  readonly at: string;
  readonly regions: readonly string[];
  /** To be sent back with the words asked for; sealed. */
  readonly attempt: string;
  /** Which words to type back, counted from one. */
  readonly ask: readonly number[];
}

/** What has been done so far; no name and no secret. */
interface Notes {
  readonly region: string;
  readonly office: string;
  readonly custodian: string;
  readonly administrator?: string;
  readonly keys?: { readonly at: string; readonly fingerprint: string };
  readonly mail?: 'sent' | 'later';
}
export interface Progress {
  readonly organisation: boolean;
  readonly administrator: boolean;
  readonly keys: boolean;
  readonly mail: boolean;
  readonly region?: string;
  readonly keysFingerprint?: string;
  /** Whether there is a mail server to try. */
  readonly post: boolean;
}

const ASKED = 3;
const HALF_AN_HOUR = 30 * 60_000;
const ADMINISTRATOR = 'first-administrator';

/**
 * A real installation, laid step by step by whoever can read its token. Each step may be repeated, and a set-up that was interrupted goes on
 * where it stopped: ids and command ids are derived from what is asked for.
 */
@Injectable()
export class GuidedSetup {
  constructor(
    private readonly setup: Setup,
    private readonly token: SetupToken,
    private readonly vaults: Vaults,
    private readonly clock: Clock,
    private readonly tokens: OpaqueTokens,
    @Optional() private readonly enrolments?: Enrolments,
    @Optional() private readonly escrow?: KeyEscrow,
    @Optional() private readonly mail?: Mail,
  ) {}

  /** @throws DomainError `setup.closed` */
  demand(given: string | undefined): void {
    if (!this.token.matches(given))
      throw new DomainError('setup.closed', 'forbidden', 'This installation is set up, or the token is not the one on its machine.');
  }

  get open(): boolean {
    return this.token.value !== undefined;
  }

  async progress(): Promise<Progress> {
    const notes = this.token.notes as Notes | undefined;
    return {
      organisation: notes !== undefined,
      administrator: notes?.administrator !== undefined && (await this.#hasAccount(notes.administrator)),
      keys: notes?.keys !== undefined,
      mail: notes?.mail !== undefined,
      ...(notes ? { region: notes.region } : {}),
      ...(notes?.keys ? { keysFingerprint: notes.keys.fingerprint } : {}),
      post: this.mail?.configured ?? false,
    };
  }

  /** Step 1. @throws DomainError `setup.ground-laid` for another ground than the one that lies already */
  async layGround({ region, office, custodian, agreement, signedOn }: Ground): Promise<void> {
    const organisation = (kind: OrganisationKind, designation: string): string =>
      `organisation-${uuidOf(`setup|organisation|${region}|${kind}|${designation}`)}`;
    const ids = { office: organisation('region', office), custodian: organisation(custodian.kind, custodian.designation) };
    const known = this.token.notes as Notes | undefined;
    if (known && (known.region !== region || known.office !== ids.office || known.custodian !== ids.custodian))
      throw refused('setup.ground-laid', 'Region and organisations were laid already; what has to change is changed after the set-up.');
    await this.vaults.open(region);
    const regionId = `region-${uuidOf(`setup|region|${region}`)}`;
    await this.setup.issue(region, new RegisterRegion(regionId, region));
    for (const [id, kind, designation] of [
      [ids.office, 'region', office],
      [ids.custodian, custodian.kind, custodian.designation],
    ] as const) {
      await this.setup.issue(region, new RegisterOrganisation(id, { kind, region, designation }));
      await this.setup.issue(region, new AccreditOrganisation(id, agreement, signedOn));
    }
    await this.setup.issue(region, new ActivateRegion(regionId, ids.custodian, ids.office));
    if (!known) this.token.remember({ region, ...ids } satisfies Notes);
  }

  /**
   * Step 2. Where people sign in elsewhere the first administrator is whoever sends the request.
   * @param login of the sender's session, if there is one
   */
  async nameAdministrator(name: string, login: string | undefined): Promise<Welcomed> {
    const notes = this.#laid();
    const welcomed = await this.#welcome(
      { key: ADMINISTRATOR, at: 'office', name, roles: ['administrator'], disciplines: ['coordinator'] },
      notes,
      login,
    );
    this.#note({ administrator: welcomed.member });
    return welcomed;
  }

  /** Colleagues with whom the first administrator begins: roles asked for here need no strong sign-in yet. */
  async welcome(newcomers: readonly Newcomer[]): Promise<Welcomed[]> {
    const notes = this.#laid();
    if (!this.enrolments)
      throw refused('setup.people-sign-in-elsewhere', 'Colleagues are invited after the set-up, by their issuer and subject.');
    const welcomed: Welcomed[] = [];
    for (const newcomer of newcomers) welcomed.push(await this.#welcome({ ...newcomer, key: `newcomer|${newcomer.key}` }, notes));
    return welcomed.map((one, n) => ({ ...one, key: newcomers[n]?.key ?? '' }));
  }

  /** Step 3, first half: exports the keys under new words, and asks for some of them back. */
  async beginKeys(language: WordLanguage): Promise<KeySheet> {
    this.#laid();
    const { escrow } = this;
    if (!escrow) throw refused('setup.keys-elsewhere', 'The region keys are not kept by this process.');
    const words = newRecoveryWords(language);
    const file = await escrow.exportKeys(passphraseOf(words));
    // A file nobody could open again would be found out on the worst of days.
    const regions = await escrow.regionsIn(file, passphraseOf(words));
    const fingerprint = createHash('sha256').update(file).digest('hex');
    const ask = drawn(ASKED, RECOVERY_WORDS);
    const salt = randomBytes(16).toString('base64url');
    const digest = digestOf(
      salt,
      ask.map((n) => words[n - 1] ?? ''),
    );
    const at = this.clock.now();
    const attempt = this.tokens.seal('key ceremony', Buffer.from(JSON.stringify({ salt, digest, fingerprint, at })));
    return { words, file: file.toString('base64'), fingerprint, at, regions, attempt, ask };
  }

  /** Step 3, second half. @throws DomainError `setup.words-wrong`, `setup.ceremony-over` */
  confirmKeys(attempt: string, words: readonly string[]): void {
    this.#laid();
    const text = this.tokens.open('key ceremony', attempt)?.toString('utf8');
    const begun = text === undefined ? undefined : (JSON.parse(text) as { salt: string; digest: string; fingerprint: string; at: string });
    if (!begun || Date.parse(this.clock.now()) - Date.parse(begun.at) > HALF_AN_HOUR)
      throw refused('setup.ceremony-over', 'This took too long. Export the keys again, under new words.');
    const given = digestOf(begun.salt, words);
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(begun.digest)))
      throw invalid('setup.words-wrong', '/words', 'words.wrong: these are not the words asked for');
    this.#note({ keys: { at: begun.at, fingerprint: begun.fingerprint } });
  }

  /** Step 4. */
  async tryMail(to: string): Promise<Sent> {
    this.#laid();
    if (!this.mail?.configured) throw refused('setup.no-post', 'There is no mail server: SMTP_URL and MAIL_FROM name one.');
    const sent = await this.mail.send(to, { kind: 'test' });
    if (sent === 'sent') this.#note({ mail: 'sent' });
    // A trial may be made again: whether the broken line took it does not matter.
    return sent === 'unsure' ? 'unreachable' : sent;
  }

  postponeMail(): void {
    this.#laid();
    this.#note({ mail: 'later' });
  }

  /** The end: from now on only those who sign in come in. @throws DomainError `setup.unfinished` */
  async finish(): Promise<void> {
    const { organisation, administrator, keys } = await this.progress();
    if (!organisation || !administrator || !keys)
      throw refused('setup.unfinished', 'An organisation, an administrator with an account, and the keys written down are needed first.');
    this.token.spend();
  }

  async #welcome({ key, at, name, roles, disciplines }: Newcomer, notes: Notes, login?: string): Promise<Welcomed> {
    const member = `member-${uuidOf(`setup|member|${notes.office}|${key}`)}`;
    const known = this.enrolments?.loginOf(member) ?? login;
    if (known === undefined)
      throw new DomainError('session.missing', 'unauthenticated', 'Sign in first: who sends this becomes the administrator.');
    const nameRef = await this.vaults.of(notes.region).put(member, 'STAFF', 'name', name);
    await this.setup.issue(notes.region, new InviteMember(member, notes[at], known, nameRef));
    for (const role of roles) await this.setup.issue(notes.region, new AssignRole(member, role, disciplines));
    const open = this.enrolments && (await this.enrolments.stateOf(member)).state !== 'enrolled';
    return { key, member, ...(open ? { enrolment: await this.enrolments.invite(member) } : {}) };
  }

  async #hasAccount(member: string): Promise<boolean> {
    return this.enrolments === undefined || (await this.enrolments.stateOf(member)).state === 'enrolled';
  }

  #laid(): Notes {
    const notes = this.token.notes as Notes | undefined;
    if (!notes) throw refused('setup.no-ground', 'Region and organisations come first.');
    return notes;
  }

  #note(more: Partial<Notes>): void {
    this.token.remember({ ...this.#laid(), ...more });
  }
}

const digestOf = (salt: string, words: readonly string[]): string =>
  createHmac('sha256', salt).update(passphraseOf(words), 'utf8').digest('hex');

/** Some of the numbers from one, in order, each once. */
function drawn(some: number, all: number): number[] {
  const left = Array.from({ length: all }, (_, n) => n + 1);
  return Array.from({ length: some }, () => left.splice(randomInt(left.length), 1)[0] ?? 0).sort((one, other) => one - other);
}
