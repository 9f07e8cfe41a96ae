export * from './config';
export { isLoopback } from './conflicts';
export { Option, optionsOf, type OptionText } from './option';
export * from './reference';
export * from './setup-token';
export { VERSION } from './version';
