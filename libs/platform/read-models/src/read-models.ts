import type { Judgement } from '@platform/access';
import type { Effect } from '@platform/auditing';
import type { ConsumerRunner, ConsumerStatus, RebuildProgress } from '@platform/consuming';
import { type Authority, DomainError, notFound, refused } from '@platform/kernel';
import { type DecisionLog, deniedAs, onRecord } from '@platform/querying';
import { judgeReadModels, type ReadModelAct } from './read-models.access';

const noun = 'readModel';

/** A read model, or what acts on events, as the screen of whoever runs the installation shows it: how it is, never what is in it. */
export interface ListedReadModel {
  readonly name: string;
  /** It acts on events: it has no rows that could be built again. */
  readonly acts: boolean;
  readonly state: ConsumerStatus['state'];
  /** Events still to be read, counted up to 1000 per log; absent where the bus does not say. */
  readonly behind: number | undefined;
  readonly parked: number;
  readonly rebuildable: boolean;
  /** The last one, running or ended. */
  readonly rebuild: RebuildProgress | undefined;
}
export interface Rebuild {
  readonly rebuild: RebuildProgress | undefined;
}

/** The read models of one context, for whoever may run the installation. Each decision stands in the trail before anything follows from it. */
export class ReadModels {
  constructor(
    private readonly context: string,
    private readonly runner: ConsumerRunner,
    private readonly decisions: DecisionLog,
  ) {}

  async list(by: Authority): Promise<{ items: ListedReadModel[] }> {
    const judgement = await this.#allowed('ReadReadModels', by);
    await this.#record(by, 'ReadReadModels', 'permitted', judgement.reasons, judgement.policy);
    const [all, lags, rebuilds] = await Promise.all([
      this.runner.status(this.context),
      this.runner.topicLags(this.context),
      this.runner.rebuilds(this.context),
    ]);
    return {
      items: all.map(({ name, reactor: acts, state, lag = lags.get(name), parked }) => {
        const rebuildable = !acts && state === 'running';
        return { name, acts, state, behind: lag, parked, rebuildable, rebuild: rebuilds.get(name) };
      }),
    };
  }

  /** Asked again and again while it runs, and about nobody: on record only where it is refused. */
  async progress(by: Authority, name: string): Promise<Rebuild> {
    await this.#allowed('ReadReadModels', by);
    this.#find(name);
    return { rebuild: (await this.runner.rebuilds(this.context)).get(name) };
  }

  /** Resolves once it is under way. */
  async rebuild(by: Authority, name: string): Promise<Rebuild> {
    await this.#decide(by, 'RebuildReadModel', name, (running) =>
      this.#find(name).reactor
        ? refused('projection.not-rebuildable', 'It acts on events: replaying them all would act again.')
        : running
          ? refused('projection.rebuilding', 'This read model is being built again already.')
          : undefined,
    );
    await this.runner.startRebuild(name).catch((error: unknown) => this.#notBegun(by, name, error));
    return this.#now(name);
  }

  /** Resolves once it was asked to end; it does so after the events it is at, and has changed nothing then. */
  async cancel(by: Authority, name: string): Promise<Rebuild> {
    await this.#decide(by, 'CancelRebuild', name, (running) =>
      running ? undefined : refused('projection.not-rebuilding', 'No rebuild of this read model runs: there is nothing to end.'),
    );
    await this.runner.cancelRebuild(name);
    return this.#now(name);
  }

  /** @throws DomainError the same to everybody who may not, whatever they named */
  async #allowed(act: ReadModelAct, by: Authority): Promise<Judgement> {
    const judgement = judgeReadModels(act, by);
    if (judgement.effect === 'permitted') return judgement;
    await this.#record(by, act, 'denied', judgement.reasons, judgement.policy);
    throw deniedAs(noun, judgement);
  }

  async #decide(by: Authority, act: ReadModelAct, name: string, rule: (running: boolean) => DomainError | undefined): Promise<void> {
    const { reasons, policy } = await this.#allowed(act, by);
    this.#find(name);
    const refusal = rule((await this.#now(name)).rebuild?.state === 'running');
    await this.#record(by, act, refusal ? 'refused' : 'permitted', [...(refusal ? [refusal.code] : reasons), which(name)], policy);
    if (refusal) throw onRecord(refusal);
  }

  /** Somebody else may have begun in the same moment. What failed otherwise stands in the answer as what came of it. */
  async #notBegun(by: Authority, name: string, error: unknown): Promise<void> {
    if (!(error instanceof DomainError)) return;
    if (error.kind !== 'refused') throw error;
    await this.#record(by, 'RebuildReadModel', 'refused', [error.code, which(name)], judgeReadModels('RebuildReadModel', by).policy);
    throw onRecord(error);
  }

  #record(by: Authority, act: ReadModelAct, effect: Effect, reasons: readonly string[], policy: string): Promise<unknown> {
    return this.decisions.record(by, { act, region: by.actor.region, effect, reasons, policy, facts: [], cases: [], groups: [] });
  }

  async #now(name: string): Promise<Rebuild> {
    return { rebuild: (await this.runner.rebuilds(this.context)).get(name) };
  }

  /** @throws DomainError for a name that no consumer of this context has */
  #find(name: string): { readonly reactor: boolean } {
    const found = this.runner.consumers.find((one) => one.context === this.context && one.name === name);
    if (!found) throw notFound('readModel');
    return { reactor: found.reactor ?? false };
  }
}

/** Which one, for the trail: a name of our own sources, never what somebody typed. */
const which = (name: string): string => `read-model.${name}`;
