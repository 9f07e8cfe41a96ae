// Child process of migrate.engine.spec.ts: moves the installation its environment names, until it is killed.
import 'reflect-metadata';
import { readConfig } from '@platform/config';
import { moveToCluster } from '@platform/runtime';
import { composition } from '../src/composition';

void moveToCluster(readConfig(), composition, { told: () => undefined }).then(
  () => process.send?.('moved'),
  (error: unknown) => process.send?.(String(error)),
);
