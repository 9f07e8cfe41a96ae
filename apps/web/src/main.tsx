import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './api/query';
import { keepShell } from './offline/take-version';
import { watchTyping } from './offline/typed-here';
import { router } from './router';
import { finishLeaving } from './session/quick-exit';
import { startLanguage } from './text/language';

watchTyping();
await Promise.all([startLanguage(), finishLeaving()]);
createRoot(document.getElementById('app') as HTMLElement).render(
  <QueryClientProvider client={newQueryClient()}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
// After the first picture: it waits for nothing, and nothing waits for it.
requestIdleCallback(() => void keepShell().catch(() => undefined));
