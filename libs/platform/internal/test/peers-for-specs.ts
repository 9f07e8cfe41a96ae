import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Identity, makeIdentity, ServiceTokens, Trust } from '../src';

/** Identities of some services in a throw-away folder, as `raccordo cluster-keys` lays them out. */
export class SpecIdentities {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'identities-'));
  readonly trust = new Trust(path.join(this.folder, 'trust'));

  constructor(names: readonly string[]) {
    for (const name of names) makeIdentity(name, this.file(name), path.join(this.folder, 'trust'));
  }

  file = (name: string): string => path.join(this.folder, name, 'identity.key');
  of = (name: string): Identity => Identity.read(name, this.file(name));
  tokens = (name: string): ServiceTokens => new ServiceTokens(this.of(name));
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
