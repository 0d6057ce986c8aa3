import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import type { AuditReader, AuditRecord } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import type { Access } from './access.ts'
import { auditOp } from './audit-op.ts'

export interface AuditPorts {
  readonly audit: AuditReader
  readonly access: Access
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface DeniedTool {
  readonly agentId: string
  /** Person on whose behalf the agent acted. */
  readonly askerId: string
  readonly channelId: string
  readonly tool: string
  readonly reason: string
}

const MAX_PAGE = 200

/** Who did what: logins, people, agents, settings, refused tools. */
export class Audit {
  readonly #ports: AuditPorts

  constructor(ports: AuditPorts) {
    this.#ports = ports
  }

  /** Role admin. Newest first; `before` is the id of an earlier row. */
  async list(caller: Caller, limit = 50, before?: string): Promise<readonly AuditRecord[]> {
    this.#ports.access.role(caller, 'admin')
    return this.#ports.audit.list(Math.min(Math.max(1, limit), MAX_PAGE), before)
  }

  /** A tool call that was refused at execution. */
  async toolDenied({ agentId, askerId, channelId, tool, reason }: DeniedTool): Promise<void> {
    const op = auditOp(this.#ports.stamps, agentId, 'tool.denied', tool, { askerId, channelId, reason })
    await this.#ports.ledger.commit([op])
  }
}
