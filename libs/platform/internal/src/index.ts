export { Identity, makeIdentity, Trust } from './identity';
export { callerOf, Internal, InternalDoor, InternalGuard, InternalModule } from './internal.guard';
export { Peer, type PeerOptions } from './peer';
export { type PeerAddress, peerAddresses, Peers } from './peers';
export { type Asserted, PERSON, type Person, PersonAssertions, requirePerson } from './person-assertions';
export { ServiceTokens } from './service-tokens';
