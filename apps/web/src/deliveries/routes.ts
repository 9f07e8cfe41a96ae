import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root';

const at = { getParentRoute: () => rootRoute };

export const deliveryListRoute = createRoute({
  ...at,
  path: '/mie-allerte',
  component: lazyRouteComponent(() => import('./delivery-list-screen'), 'DeliveryListScreen'),
});
export const subscriptionsRoute = createRoute({
  ...at,
  path: '/mie-allerte/iscrizioni',
  component: lazyRouteComponent(() => import('./subscriptions-screen'), 'SubscriptionsScreen'),
});
export const deliveryRoute = createRoute({
  ...at,
  path: '/mie-allerte/$handle',
  component: lazyRouteComponent(() => import('./delivery-screen'), 'DeliveryScreen'),
});

export const deliveryRoutes = [deliveryListRoute, subscriptionsRoute, deliveryRoute];
