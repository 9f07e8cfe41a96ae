export { type Streams } from './output';
export { runCli } from './program';
