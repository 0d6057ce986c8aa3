import type { Answers, LiveAnswers, Messages } from '@parley/core'

/** What a feed reads. Listeners return the way to stop listening. */
export interface FeedPorts {
  readonly messages: Pick<Messages, 'read'>
  readonly answers: Pick<Answers, 'pendingOf'>
  readonly live: Pick<LiveAnswers, 'running' | 'get' | 'readFrom' | 'subscribe'>
  listenLog(channelId: string, listener: (seq: number) => void): () => void
  listenAnswers(channelId: string, listener: () => void): () => void
}
