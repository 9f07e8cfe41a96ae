import type { DynamicModule } from '@nestjs/common';
import { SpoolModule } from '@platform/auditing';
import type { HttpOptions } from '@platform/http';
import { InternalModule, requirePerson } from '@platform/internal';
import { DoorsModule } from './doors.controller';
import type { Foundation } from './parts';
import { PostModule } from './post.module';
import type { Seat } from './seat';
import type { Services } from './services';

/** Whose word about persons counts. */
const GATEWAY = 'gateway';
/** Doors with guards of their own, and the description of the interface. */
const BESIDES = /^\/(health|metrics|operations|internal|openapi\.json)(\/|$)/;
/** Everybody comes from the gateway's address, which has counted them already. */
const BOUNDLESS = { burst: 1e9, perSecond: 1e9 };

/** How a process stands behind the gateway: no session of its own, and doors for the other services. */
export const behindGateway = (
  seat: Seat,
  foundation: Foundation,
  services: Services,
): { modules: readonly DynamicModule[]; http: Partial<HttpOptions> } => ({
  modules: [
    InternalModule.of(seat.name, seat.trust),
    SpoolModule.of(foundation.spools),
    DoorsModule.of(foundation.clock, () => services.settled(), foundation.setupToken),
    PostModule.of(foundation, foundation.config.PUBLIC_URL),
  ],
  http: {
    middleware: [requirePerson({ trust: seat.trust, audience: seat.name, gateway: GATEWAY, besides: BESIDES })],
    rates: { address: BOUNDLESS },
    trustProxy: 0,
  },
});
