/** What the settings pages need to know about models and tools; the composition root fills it from the runtime. */
import type { ProviderSecret } from '@parley/core'
import type { Settings, testProvider } from '@parley/protocol/workspace'
import type { z } from 'zod'
import type { DeepReadonly } from './route-handler.ts'

export interface ModelDirectory {
  /** Model servers found on this machine, configured or not. */
  offers(): Promise<DeepReadonly<Settings['offers']>>
  /** Tools an agent can be granted. */
  tools(): Promise<DeepReadonly<Settings['tools']>>
  /** Asks the server for its models. A failure is a result, not an error. */
  test(provider: ProviderSecret): Promise<DeepReadonly<z.input<(typeof testProvider)['reply']>>>
}
