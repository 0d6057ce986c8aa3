import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Toaster } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import type { AppServices } from './services.ts'
import { SyncProvider } from './sync-context.tsx'

export function App({ services }: { services: AppServices }) {
  return (
    <QueryClientProvider client={services.queryClient}>
      <SyncProvider value={services.sync}>
        <TooltipProvider delayDuration={400} skipDelayDuration={200}>
          <RouterProvider router={services.router} />
          <Toaster />
        </TooltipProvider>
      </SyncProvider>
    </QueryClientProvider>
  )
}
