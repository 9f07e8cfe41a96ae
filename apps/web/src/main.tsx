import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './api/query';
import { router } from './router';
import { startLanguage } from './text/language';

await startLanguage();
createRoot(document.getElementById('app') as HTMLElement).render(
  <QueryClientProvider client={newQueryClient()}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
