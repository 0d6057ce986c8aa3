/** What a tool is (spec/runtime §6.2). */
import type { Clock, Logger } from '@parley/base'
import { z } from 'zod'

export type Role = 'owner' | 'admin' | 'member' | 'guest'

/** What a tool is told about the call. The ids come from the turn, never from the model. */
export interface ToolContext {
  readonly turnId: string
  readonly conversationId: string
  readonly agentId: string
  readonly asker: { readonly id: string; readonly role: Role }
  /** Aborts when the turn ends or the tool's own time is up. */
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly logger: Logger
  /** Asks a colleague and returns the text of its answer. Throws `tool_refused` for an unknown, own or circular one. */
  askAgent(nameOrId: string, task: string): Promise<string>
}

export interface Tool<Schema extends z.ZodType = z.ZodType> {
  /** `[A-Za-z0-9_-]{1,64}`; what the model calls and what an agent is granted. */
  readonly name: string
  readonly description: string
  /** Schema of the arguments, an object. */
  readonly schema: Schema
  /** The least role of the person on whose behalf it may run. */
  readonly minRole: Role
  /** Milliseconds one call may take. */
  readonly timeout: number
  /** A failed or timed-out call may be repeated once without harm. */
  readonly idempotent: boolean
  /** Returns what the model reads. Errors thrown from `toolErrors` are shown to the model, others as "failed". */
  handler(args: z.output<Schema>, context: ToolContext): Promise<string>
}

export interface ToolDefinition<Schema extends z.ZodType> {
  readonly name: string
  readonly description: string
  readonly schema: Schema
  /** Default `guest`. */
  readonly minRole?: Role
  /** Default 30 000 ms. */
  readonly timeout?: number
  /** Default false. */
  readonly idempotent?: boolean
  readonly handler: (args: z.output<Schema>, context: ToolContext) => Promise<string>
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/

/** Declares a tool. Throws on a name no model server accepts. */
export function defineTool<Schema extends z.ZodType>(definition: ToolDefinition<Schema>): Tool<Schema> {
  if (!NAME.test(definition.name)) throw new TypeError(`"${definition.name}" is not a possible tool name.`)
  return { minRole: 'guest', timeout: 30_000, idempotent: false, ...definition }
}

const RANK: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 }

/** True when `role` is at least `least`. */
export function hasRole(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least]
}
