/** Channels: direct chats and groups (spec/workspace §1.2). */
import { z } from 'zod'
import { messageSchema } from './message.ts'

export const channelTypeSchema = z.enum(['dm', 'group'])

export const memberSchema = z.object({
  type: z.enum(['user', 'agent']),
  id: z.string(),
  name: z.string(),
  avatar: z.string(),
  role: z.enum(['owner', 'admin', 'member']),
  /** People: `online` while a socket of theirs is open. Agents: see Agent.status. */
  status: z.enum(['online', 'offline', 'busy', 'disabled']),
  joinedAt: z.string(),
})
export type Member = z.infer<typeof memberSchema>

export const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: channelTypeSchema,
  avatar: z.string(),
  /** Answers a group message that mentions nobody; null means nobody does. */
  leaderAgentId: z.string().nullable(),
  agentIds: z.array(z.string()),
  userIds: z.array(z.string()),
  pinned: z.boolean(),
  muted: z.boolean(),
  createdAt: z.string(),
  /** Newest position of the channel's log, 0 when empty. */
  lastSeq: z.int().nonnegative(),
  /** Position up to which the caller has read. */
  readSeq: z.int().nonnegative(),
  unread: z.int().nonnegative(),
  /** Unread messages that mention the caller. */
  unreadMentions: z.int().nonnegative(),
  lastMessage: messageSchema.nullable(),
  /** The caller's unsent text. */
  draft: z.string(),
})
export type Channel = z.infer<typeof channelSchema>

export const channelNameSchema = z.string().trim().min(1).max(80)
