import { createHash, createHmac } from 'node:crypto';
import type { Judgement } from '@platform/access';
import { type Appended, EventStore, WrongRevision } from '@platform/event-store';
import {
  type Authority,
  type Command,
  type DomainEvent,
  DomainError,
  type EventMeta,
  type EventToAppend,
  type Fact,
  type Grounded,
  isSystem,
  logName,
  type RecordedEvent,
  refused,
  regionOf,
  type Sealed,
  type SealedGroup,
} from '@platform/kernel';
import { type Vault, Vaults } from '@platform/pseudonymity';
import { deniedAs, type Decision, DecisionLog, onRecord as standsInTrail } from '@platform/querying';
import { canonicalJson } from '@platform/tlog';
import type { Accepted, CommandAccess, Slice } from './slice';

const RETRIES = 3;

/** What was bound to one stream when its past was loaded. */
interface Loaded<S> {
  readonly state: S;
  readonly past: readonly RecordedEvent[];
  readonly revision: number;
  readonly region: string;
}

/** authorise → load → decide → append, for every aggregate alike. */
export class Pipeline {
  constructor(
    private readonly store: EventStore,
    private readonly vaults: Vaults,
    private readonly decisions: DecisionLog,
    /** Keys the digests of command bodies: a plain hash of few codes could be guessed. */
    private readonly digestKey: Buffer,
  ) {}

  /**
   * For callers that must do something before the command, such as putting values into the vault: answers with the first result of a repeated
   * command, refuses whoever may not or decided on another version, and otherwise changes nothing.
   */
  async before<S, C extends Command, E extends DomainEvent, F>(
    slice: Slice<S, C, E, F>,
    access: CommandAccess<S, C, F>,
    command: C,
  ): Promise<Accepted | undefined> {
    const by = issuerOf(command);
    const loaded = await this.#load(slice, command, by);
    const done = this.#done(loaded.past, command, by);
    if (!done) {
      await this.#permitted(slice, access, command, by, loaded);
      demandVersion(slice.noun, by, loaded);
    }
    return done;
  }

  async execute<S, C extends Command, E extends DomainEvent, F>(
    slice: Slice<S, C, E, F>,
    access: CommandAccess<S, C, F>,
    command: C,
  ): Promise<Accepted> {
    const by = issuerOf(command);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(slice, access, command, by);
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
        // Somebody was faster: the rules decide again on what is true now, unless it is no longer what whoever stated a revision decided on.
        if (attempt === RETRIES) throw new DomainError(`${slice.noun}.busy`, 'unavailable', 'The record is changing quickly.', [], 1);
      }
    }
  }

  async #once<S, C extends Command, E extends DomainEvent, F>(
    slice: Slice<S, C, E, F>,
    access: CommandAccess<S, C, F>,
    command: C,
    by: Authority,
  ): Promise<Accepted> {
    const loaded = await this.#load(slice, command, by);
    const done = this.#done(loaded.past, command, by);
    if (done) return done;

    const { state, region } = loaded;
    const { judgement, gathered, cases, onRecord } = await this.#permitted(slice, access, command, by, loaded);
    demandVersion(slice.noun, by, loaded);

    let events: E[];
    try {
      events = slice.decider.decide(command, state, { actor: by.actor, at: by.at, facts: gathered.value });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.decisions.record(by, onRecord('refused', [error.code]));
      throw standsInTrail(error);
    }
    const log = logName(slice.context, region);
    if (events.length === 0) return { stream: command.id, revision: loaded.revision, log, position: await this.store.head(log), events };
    const sealed = await Promise.all(
      events.map((event, n) => seal(() => this.vaults.of(region), command.id, loaded.revision + 1 + n, event)),
    );
    const facts = [...judgement.facts, ...gathered.facts, ...(by.actor.standing ? [by.actor.standing] : [])];
    const stored = events.map((event, n) =>
      toAppend(event, sealed[n], eventId(by.commandId, command.id, n), slice.schemas?.[event.type] ?? 1, {
        ...metaOf(by, region, command.kind, this.#digest(command, by)),
        policy: judgement.policy,
        reasons: judgement.reasons,
        facts,
        cases,
      }),
    );
    const appended = await this.store.append(log, command.id, stored, loaded.revision < 0 ? 'none' : loaded.revision);
    return accepted(appended, events);
  }

  /** Gathers and judges; a denial is on record before it is answered. */
  async #permitted<S, C extends Command, E extends DomainEvent, F>(
    slice: Slice<S, C, E, F>,
    access: CommandAccess<S, C, F>,
    command: C,
    by: Authority,
    { state, region, revision }: Loaded<S>,
  ): Promise<{ judgement: Judgement; gathered: Grounded<F>; cases: readonly string[]; onRecord: OnRecord }> {
    const gathered = await access.gather(command, state, by);
    const judgement = await access.judge(command, state, by, gathered.value);
    const cases = slice.casesOf?.(command, state) ?? (slice.noun === 'case' ? [command.id] : []);
    const onRecord: OnRecord = (effect, reasons) => ({
      act: command.kind,
      region,
      effect,
      reasons,
      policy: judgement.policy,
      facts: [...judgement.facts, ...gathered.facts, ...standingOf(command.id, revision)],
      cases,
      groups: [],
    });
    if (judgement.effect === 'permitted') return { judgement, gathered, cases, onRecord };
    await this.decisions.record(by, onRecord('denied', judgement.reasons));
    throw deniedAs(judgement.visible ? slice.noun : (slice.hiddenAs?.(command) ?? slice.noun), judgement);
  }

  /** @throws DomainError 409 when the command id was used for another body */
  #done(past: readonly RecordedEvent[], command: Command, by: Authority): Accepted | undefined {
    const done = past.findLast((event) => event.meta.commandId === by.commandId && event.meta.command === command.kind);
    if (!done) return undefined;
    if (done.meta.commandHash !== this.#digest(command, by))
      throw refused('request.idempotency-key-reused', 'This Idempotency-Key was used with another body.');
    const events = past.filter((event) => event.meta.commandId === done.meta.commandId);
    return { stream: done.stream, revision: done.revision, log: done.log, position: done.position, events };
  }

  #digest(command: Command, by: Authority): string {
    const body = by.body ?? canonicalJson(JSON.parse(JSON.stringify({ ...command })) as object);
    return createHmac('sha256', this.digestKey).update(`${command.kind}|${body}`).digest('hex');
  }

  async #load<S, C extends Command, E extends DomainEvent, F>(slice: Slice<S, C, E, F>, command: C, by: Authority): Promise<Loaded<S>> {
    const past = (await this.store.readStream(command.id)).map((event) => slice.upcast?.(event) ?? event);
    const state = past.reduce((soFar, event) => slice.decider.evolve(soFar, event as unknown as E), slice.decider.initialState);
    const first = past[0];
    const region = first ? regionOf(first.log) : slice.regionOf(command, by);
    return { state, past, revision: past.length - 1, region };
  }
}

type OnRecord = (effect: Decision['effect'], reasons: readonly string[]) => Decision;

function issuerOf(command: Command): Authority {
  if (!command.issued) throw new Error(`${command.kind} was issued by nobody`);
  return command.issued;
}

const accepted = (appended: Appended, events: readonly DomainEvent[]): Accepted => ({
  stream: appended.stream,
  revision: appended.revision,
  log: appended.log,
  position: appended.position,
  events,
});

/**
 * Asked only of whoever may know the record: that a tag is missing or old says that there is one. What the service itself has put on record since,
 * for a clock ran out or something happened elsewhere, is nobody's other decision: the rules answer what has become of the record by it.
 */
function demandVersion(
  noun: string,
  { expectedRevision }: Authority,
  { past, revision }: Pick<Loaded<unknown>, 'past' | 'revision'>,
): void {
  if (expectedRevision === 'unstated')
    throw new DomainError(
      `${noun}.precondition-missing`,
      'precondition-missing',
      'State with If-Match which version of the record you decided on.',
    );
  if (expectedRevision === undefined || expectedRevision === revision) return;
  const since = expectedRevision === 'outdated' || expectedRevision > revision ? undefined : past.slice(expectedRevision + 1);
  if (!since?.every(({ meta }) => isSystem({ member: meta.actor, session: meta.session }))) throw stale(noun);
}

const stale = (noun: string): DomainError =>
  new DomainError(`${noun}.stale`, 'stale', 'The record has changed since you read it. Read it again and decide anew.');

const standingOf = (stream: string, revision: number): Fact[] => (revision < 0 ? [] : [{ stream, revision }]);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same command addressed to the same stream makes the same ids, so that a resend is recognised by the store as well. */
const eventId = (commandId: string, stream: string, n: number): string => uuidOf(`${commandId}|${stream}|${n}`);

/** RFC 9562 version 8: a uuid made from a hash. */
export function uuidOf(text: string): string {
  const hex = sha256(text);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const metaOf = (
  by: Authority,
  region: string,
  command: string,
  commandHash: string,
): Omit<EventMeta, 'policy' | 'reasons' | 'facts' | 'cases'> => ({
  at: by.at,
  actor: by.actor.member,
  organisation: by.actor.organisation,
  region,
  role: by.actor.roles.join('+') || 'none',
  session: by.actor.session,
  acr: by.actor.acr,
  purpose: by.purpose,
  request: by.request,
  causation: by.causation,
  correlation: by.correlation,
  command,
  commandId: by.commandId,
  commandHash,
});

function toAppend(event: DomainEvent, sealed: Sealed | undefined, id: string, schema: number, meta: EventMeta): EventToAppend {
  return { id, type: event.type, schema, data: event.data, meta, ...(sealed ? { sealed } : {}) };
}

/** Associated data bind the ciphertext to its place: moved to another event it does not open. */
export const boundTo = (stream: string, revision: number, group: SealedGroup): string => `${stream}|${revision}|${group}`;

async function seal(vault: () => Vault, stream: string, revision: number, event: DomainEvent): Promise<Sealed | undefined> {
  if (!event.secret) return undefined;
  const groups = Object.keys(event.secret) as SealedGroup[];
  const values = await Promise.all(groups.map((group) => vault().seal(stream, boundTo(stream, revision, group), event.secret?.[group])));
  return Object.fromEntries(groups.map((group, n) => [group, values[n]]));
}
