/** The WebSocket part of the interface description: OpenAPI has no words for frames, so prose and schemas stand in. */
import { clientFrame, closeCodes } from '@parley/protocol/workspace'
import { jsonSchema } from './json-schema.ts'

const serverFrames: readonly (readonly [type: string, fields: string, meaning: string])[] = [
  ['auth_ok', '`userId`', 'The session is accepted.'],
  ['pong', '', 'Answer to `ping`.'],
  ['subscribed', '`channelId`, `lastSeq`', 'Pushes of this channel begin; everything after `after` follows.'],
  ['unsubscribed', '`channelId`', 'Pushes of this channel have ended.'],
  ['sent', '`ref`, `id`, `seq`', 'The message of this `send` is stored.'],
  ['message', '`data`: a message', 'A new message; also an answer’s final text after `stream_end`, under the same id.'],
  ['message_updated', '`data.message`, `data.seq`', 'A stored message has changed.'],
  ['stream_start', '`data.messageId`, `channelId`, `agentId`', 'An answer begins; `content` is its text so far.'],
  ['stream_chunk', '`data.messageId`, `content`', 'Only the new piece of text.'],
  ['stream_reasoning', '`data.messageId`, `content`', 'A piece of the model’s reasoning.'],
  ['stream_end', '`data.messageId`', 'The answer is complete; `message` follows.'],
  ['tool_call', '`data.messageId`, `toolName`, `arguments`, `status`', 'A tool step begins or ends.'],
  ['tool_result', '`data.messageId`, `toolName`, `result`', 'What the tool returned.'],
  ['answers', '`data.channelId`, `answers`', 'Running and waiting answers after each change.'],
  ['collab_status', '`data.chainId`, `currentAgent`, `step`, `totalSteps`, `status`', 'Progress of a chain.'],
  ['changed', '`data.topic`, `id`', 'Something outside the subscriptions changed: reload what `topic` names.'],
  ['typing', '`data.channelId`, `userId`', 'Somebody is writing.'],
  ['presence', '`data.userId`, `status`', 'Somebody came or went.'],
  ['lagged', '`data.channelId`, `after`', 'Skipped ahead: read messages after `after` by HTTP, then subscribe again.'],
  [
    'error',
    '`code`, `error`',
    'Refused; `code` is the HTTP status with the same meaning, `ref` or `channelId` says what.',
  ],
]

export interface FramesDescription {
  readonly markdown: string
  readonly operation: Record<string, unknown>
  readonly schemas: Record<string, unknown>
}

/** Describes the frames of `/ws`. */
export function framesDescription(): FramesDescription {
  const rows = serverFrames.map(([type, fields, meaning]) => `| \`${type}\` | ${fields} | ${meaning} |`)
  const markdown = [
    '## WebSocket `/ws`',
    'Frames are JSON text. The session cookie of the upgrade request authenticates the socket, or an `auth` frame with the',
    'token does. Client frames are described by the schema **ClientFrame**; the server sends:',
    '',
    '| type | fields | meaning |',
    '|---|---|---|',
    ...rows,
    '',
    `Close codes: ${closeCodes.unauthorized} no session in time, ${closeCodes.sessionEnded} the session has ended,`,
    `${closeCodes.tooManyErrors} too many refused frames, ${closeCodes.shutdown} the server restarts.`,
  ].join('\n')
  return {
    markdown,
    operation: {
      tags: ['live'],
      summary: 'Open the WebSocket',
      description: 'Upgrades to a WebSocket; see the frames in the introduction.',
      responses: { 101: { description: 'The protocol is switched' }, 403: { description: 'Another site’s Origin' } },
    },
    schemas: { ClientFrame: jsonSchema(clientFrame, 'input') },
  }
}

export const describedServerFrames: readonly string[] = serverFrames.map(([type]) => type)
