export * from './canonical-json';
export * from './checkpoint';
export * from './merkle-proofs';
export * from './merkle-tree';
export * from './merkle-verify';
export * from './signed-note';
