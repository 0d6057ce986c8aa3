import type { Tool } from '../tool.ts'
import type { FetchPolicy } from '../web/guarded-fetch.ts'
import { callAgentTool } from './call-agent.ts'
import { currentTimeTool } from './current-time.ts'
import { fetchPageTool } from './fetch-page.ts'

export interface BuiltinToolOptions {
  /** IANA zone of `current_time` when the model names none; default the server's. */
  readonly timeZone?: string
  /** Loosens or tightens what `fetch_page` may reach, e.g. `{allowHosts: ['127.0.0.1'], ports: 'any'}` in tests. */
  readonly fetchPage?: Partial<FetchPolicy>
}

/** The tools every installation has: `current_time`, `fetch_page`, `call_agent`. */
export function createBuiltinTools(options: BuiltinToolOptions = {}): readonly Tool[] {
  const zone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return [currentTimeTool(zone), fetchPageTool(options.fetchPage), callAgentTool]
}
