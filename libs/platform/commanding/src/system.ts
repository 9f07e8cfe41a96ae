import { type Authority, type Clock, type Purpose, systemActor } from '@platform/kernel';
import { uuidOf } from './pipeline';

/**
 * The authority of a reactor: the service itself, because of an event or of the clock. The command id is derived from what caused it,
 * so that an event handled twice commands once.
 * @param cause event id, or `timer|<stream>|<due>`
 */
export function systemAuthority(
  region: string,
  clock: Clock,
  cause: string,
  act: string,
  options: { correlation?: string; purpose?: Purpose } = {},
): Authority {
  return {
    actor: systemActor(region),
    purpose: options.purpose ?? 'direct_assistance',
    at: clock.now(),
    request: `system:${act}`,
    commandId: uuidOf(`${cause}|${act}`),
    causation: cause,
    correlation: options.correlation ?? cause,
  };
}
