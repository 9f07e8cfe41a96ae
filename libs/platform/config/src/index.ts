export * from './config';
export { Option, optionsOf, type OptionText } from './option';
export * from './reference';
export * from './setup-token';
export { VERSION } from './version';
