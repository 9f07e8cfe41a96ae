export { readModelsController } from './read-models.controller';
export type { ListedReadModel, Rebuild } from './read-models';
export { judgeReadModels, type ReadModelAct, readModelsPolicy } from './read-models.access';
