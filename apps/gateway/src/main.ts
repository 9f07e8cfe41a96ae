import * as path from 'node:path';
import { VERSION } from '@platform/config';
import { startGateway } from '@platform/gateway';
import { run } from '@platform/runtime';
import { PERSONAS } from '@raccordo/demo';
import { routes } from './routes';

/** The installation's one door: sign-in, sessions, web pages and the way to the services. */
void run((config) => startGateway(config, { routes, personas: Object.values(PERSONAS), version: VERSION }));
