import { consumers } from './tally';

/** A dead member is noticed after a second and a half; deliveries are small, so that faults fall between them. */
export const kafkaOptions = { clientId: 'spec', sessionTimeout: 1500, outage: 100, delays: [20], page: 10 };
export const mirror = consumers.filter(({ name }) => name === 'mirror');
