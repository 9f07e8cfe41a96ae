import * as path from 'node:path';
import type { Config } from '@platform/config';
import { Identity, peerAddresses, Peers, ServiceTokens, Trust } from '@platform/internal';
import { folders } from './folders';

/** Which of the installation's separate processes this one is, whom it believes and whom it can call. */
export interface Seat {
  /** e.g. `cases` */
  readonly name: string;
  /** The same, told apart from other instances of the service. */
  readonly instance: string;
  readonly tokens: ServiceTokens;
  readonly trust: Trust;
  readonly peers: Peers;
}

/** @throws Error when the identity key is missing or PEERS is malformed */
export function takeSeat(config: Config, name: string): Seat {
  const { keys } = folders(config.DATA_DIR);
  const tokens = new ServiceTokens(Identity.read(name, config.IDENTITY_KEY ?? path.join(keys, 'identity.key')));
  const instance = config.INSTANCE ?? name;
  // Other services recognise a producer of ours by its name.
  if (instance !== name && !instance.startsWith(`${name}-`)) throw new Error(`INSTANCE must be ${name} or begin with ${name}-`);
  const trust = new Trust(config.TRUST_DIR ?? path.join(keys, 'trust'));
  return { name, instance, tokens, trust, peers: new Peers(peerAddresses(config.PEERS), tokens) };
}
