import { coreErrors } from '../errors.ts'

export interface NewChannel {
  readonly type: 'dm' | 'group'
  readonly name?: string | undefined
  readonly avatar?: string | undefined
  readonly agentIds?: readonly string[] | undefined
  readonly userIds?: readonly string[] | undefined
  readonly leaderAgentId?: string | null | undefined
}

const MAX_NAME = 80
const MAX_AVATAR = 300

/** Errors: `invalid_channel`. */
export function checkedChannelName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > MAX_NAME)
    throw invalidChannel(`A channel name has 1 to ${MAX_NAME} characters.`)
  return trimmed
}

export function checkedAvatar(avatar: string): string {
  if (avatar.length > MAX_AVATAR) throw invalidChannel('The avatar is too long.')
  return avatar
}

export function invalidChannel(reason: string): Error {
  return coreErrors.invalid_channel({ details: { reason } })
}
