import type { Channels, Messages, Sessions } from '@parley/core'
import type { ChannelFeeds } from './channel-feeds.ts'
import type { PersonDirectory } from './person-directory.ts'

/** The use cases a socket calls, and the groups it joins. */
export interface SocketPorts {
  readonly sessions: Pick<Sessions, 'authenticate'>
  readonly channels: Pick<Channels, 'head'>
  readonly messages: Pick<Messages, 'post'>
  readonly feeds: ChannelFeeds
  readonly people: PersonDirectory
}
