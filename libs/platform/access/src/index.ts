export * from './decide-command';
export * from './decide-read';
export * from './judgement';
export * from './load-policy';
export * from './policy';
export { FaultyPolicy } from './strict-reader';
export * from './words';
