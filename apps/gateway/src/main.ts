import * as path from 'node:path';
import { VERSION } from '@platform/config';
import { type GatewayComposition, startGateway } from '@platform/gateway';
import { run } from '@platform/runtime';
import { DemoAtGatewayModule, PERSONAS } from '@raccordo/demo';
import { routes } from './routes';

/** The installation's one door: sign-in, sessions, web pages and the way to the services. */
const composition: GatewayComposition = {
  routes,
  personas: Object.values(PERSONAS),
  extra: [DemoAtGatewayModule],
  version: VERSION,
  // Beside this folder once it is built: dist/apps/web.
  web: path.join(__dirname, '../../web'),
};

void run((config) => startGateway(config, composition));
