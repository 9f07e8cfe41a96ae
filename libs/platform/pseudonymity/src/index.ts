export * from './embedded-vault';
export * from './embedded-vaults';
export { refCommitment } from './receipts';
export * from './recovery-words';
export * from './region-keys';
export * from './vault';
export * from './vault-schema';
