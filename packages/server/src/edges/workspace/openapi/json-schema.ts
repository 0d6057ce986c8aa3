import { z } from 'zod'

export type JsonObject = Record<string, unknown>

/** JSON Schema of a zod schema, without the `$schema` marker. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _marker, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
  return rest
}
