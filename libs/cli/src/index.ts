export { type Streams } from './output';
export { type CommandEntry, commandReference, runCli } from './program';
