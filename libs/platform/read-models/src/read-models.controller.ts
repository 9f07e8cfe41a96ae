import { Get, HttpCode, Inject, Param, Post, type Type } from '@nestjs/common';
import { ConsumerRunner } from '@platform/consuming';
import { Act, By, ContextController } from '@platform/http';
import type { Authority } from '@platform/kernel';
import { DecisionLog } from '@platform/querying';
import { type ListedReadModel, ReadModels, type Rebuild } from './read-models';

/**
 * `/api/read-models/<context>`: each context answers for its own consumers, in whichever process it runs, and every process of a context knows of a
 * rebuild in any of them.
 */
export function readModelsController(context: string): Type {
  @ContextController(`read-models/${context}`, 'Read models')
  class ReadModelsController {
    readonly #models: ReadModels;

    constructor(@Inject(ConsumerRunner) runner: ConsumerRunner, @Inject(DecisionLog) decisions: DecisionLog) {
      this.#models = new ReadModels(context, runner, decisions);
    }

    /** How far each read model is. */
    @Get()
    @Act('ReadReadModels')
    list(@By() by: Authority): Promise<{ items: ListedReadModel[] }> {
      return this.#models.list(by);
    }

    /** How far the rebuild of one is, or how its last one ended. */
    @Get(':name/rebuild')
    @Act('ReadReadModels')
    progress(@By() by: Authority, @Param('name') name: string): Promise<Rebuild> {
      return this.#models.progress(by, name);
    }

    /** Empties a read model and reads everything again; readers see the old rows until the new ones are complete. Answers once it is under way. */
    @Post(':name/rebuild')
    @HttpCode(202)
    @Act('RebuildReadModel')
    rebuild(@By() by: Authority, @Param('name') name: string): Promise<Rebuild> {
      return this.#models.rebuild(by, name);
    }

    /** Asks a rebuild to end: what it has done is rolled back, and nothing has changed. */
    @Post(':name/rebuild/cancellation')
    @HttpCode(202)
    @Act('CancelRebuild')
    cancel(@By() by: Authority, @Param('name') name: string): Promise<Rebuild> {
      return this.#models.cancel(by, name);
    }
  }
  // The API's description tells the operations of several contexts apart by it.
  Object.defineProperty(ReadModelsController, 'name', { value: `ReadModelsOf${context[0]?.toUpperCase()}${context.slice(1)}Controller` });
  return ReadModelsController;
}
