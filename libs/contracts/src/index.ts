export * from './alerts';
export * from './cases';
export * from './contract';
export * as field from './fields';
export { type AnyField, type DataOf, faultsOf, type Field, FIELD_RULES, type FieldRule, type Shape } from './fields';
export * from './person-like';
export * from './referrals';
export * from './regions';
