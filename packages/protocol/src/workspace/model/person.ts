/** People and their sessions (extension; roles are those of spec/workspace §1.1). */
import { z } from 'zod'

export const roleSchema = z.enum(['owner', 'admin', 'member', 'guest'])
export type Role = z.infer<typeof roleSchema>

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  avatar: z.string(),
  status: z.enum(['online', 'offline']),
  createdAt: z.string(),
})
export type Person = z.infer<typeof personSchema>

export const sessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  /** Address and user agent of the last request, for recognising a stranger. */
  ip: z.string(),
  userAgent: z.string(),
})
export type Session = z.infer<typeof sessionSchema>
