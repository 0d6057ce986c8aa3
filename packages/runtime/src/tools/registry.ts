/** The tools of a host. Built once at start-up; the same set for all turns. */
import { z } from 'zod'
import type { OfferedTool } from '../models/language-model.ts'
import type { Tool } from './tool.ts'

export interface ToolRegistry {
  get(name: string): Tool | undefined
  /** In order of registration. */
  list(): readonly Tool[]
}

/** Throws when two tools share a name. */
export function createToolRegistry(tools: readonly Tool[]): ToolRegistry {
  const byName = new Map<string, Tool>()
  for (const tool of tools) {
    if (byName.has(tool.name)) throw new TypeError(`There are two tools named "${tool.name}".`)
    byName.set(tool.name, tool)
  }
  return { get: (name) => byName.get(name), list: () => [...byName.values()] }
}

/** The tool as a model sees it. */
export function offer(tool: Tool): OfferedTool {
  const { $schema: _, ...parameters } = z.toJSONSchema(tool.schema, { io: 'input', unrepresentable: 'any' })
  return { name: tool.name, description: tool.description, parameters }
}
