export { type Forwarding, Forwarder } from './forwarding';
export { type GatewayComposition, startGateway } from './gateway';
export { mergeOpenApi } from './merged-openapi';
export { type Routes, serviceFor } from './routing';
