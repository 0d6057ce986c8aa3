/**
 * Keys of the bus besides log keys. A bell carries a key and a number, never content: whoever hears it reads anew.
 * `channel:{id}` itself is a log key and rings on each append and revision.
 */
import type { ChannelId, JobId, UserId } from '@parley/base'

export const bells = {
  /** Log of a channel: a message was added or changed. */
  channel: (id: ChannelId): string => `channel:${id}`,
  /** The list of a person's channels, or a channel, member or preference in it, changed. Check subscriptions again. */
  user: (id: UserId): string => `user:${id}`,
  /** A person's read marker moved (another tab read). */
  read: (id: UserId): string => `read:${id}`,
  /** A session of the person ended, or their role or name changed: authenticate their sockets again. */
  sessions: (id: UserId): string => `sessions:${id}`,
  /** The list of people changed. */
  users: 'users',
  /** An agent was added, changed or removed. */
  agents: 'agents',
  settings: 'settings',
  /** Somebody came or went; see `Presence.changes`. */
  presence: 'presence',
  /** Waiting or running answers of a channel changed. */
  answers: (id: ChannelId): string => `answers:${id}`,
  /** A job of this kind may be claimable. */
  jobs: (kind: string): string => `jobs:${kind}`,
  /** The holder of the running job should stop it. */
  stop: (id: JobId): string => `stop:${id}`,
} as const

/** Key of a channel's log, also the lane of its answers. */
export const channelKey = bells.channel

/** The channel of a log key, or undefined for keys of other kinds. */
export function channelOfKey(key: string): ChannelId | undefined {
  return key.startsWith('channel:') ? key.slice('channel:'.length) : undefined
}
