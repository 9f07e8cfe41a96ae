import { Peer } from './peer';
import type { ServiceTokens } from './service-tokens';

/** Where a service is: `cases=http://…`; a vault of one region `vault.umbria=http://…`; a name that comes twice has two instances. */
const ENTRY = /^([a-z][a-z-]{0,30})(?:\.([a-z][a-z-]{1,39}))?=(https?:\/\/[^/\s,]+)\/?$/;

export interface PeerAddress {
  readonly name: string;
  readonly region: string | undefined;
  readonly url: string;
}

/** @throws Error that names the faulty entry's place, not its text */
export const peerAddresses = (text: string): PeerAddress[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, n) => {
      const [, name = '', region, url = ''] = ENTRY.exec(entry) ?? [];
      if (name === '') throw new Error(`PEERS: entry ${n + 1} is not name=http://host:port`);
      return { name, region, url };
    });

/** The other services of this installation, as the configuration names them. */
export class Peers {
  readonly #peers: readonly { readonly region: string | undefined; readonly peer: Peer }[];

  constructor(addresses: readonly PeerAddress[], tokens: ServiceTokens) {
    this.#peers = addresses.map(({ name, region, url }) => ({ region, peer: new Peer(name, url, tokens) }));
  }

  /** Every instance of every service, or of the one named. */
  all(name?: string): readonly Peer[] {
    return this.#peers.filter(({ peer }) => name === undefined || peer.name === name).map(({ peer }) => peer);
  }

  /** The service that serves a region: its own one, else the one for all. */
  serving(name: string, region: string): Peer | undefined {
    const named = this.#peers.filter(({ peer }) => peer.name === name);
    return (named.find((one) => one.region === region) ?? named.find((one) => one.region === undefined))?.peer;
  }
}
