import { defineErrors } from '@parley/base'

/** Every error a use case throws besides `storeErrors`. Edges map `kind` to their own status once. */
export const coreErrors = defineErrors({
  // Identity
  invalid_password: { kind: 'unauthenticated', message: 'Invalid password', retry: 'never' },
  unauthenticated: { kind: 'unauthenticated', message: 'Log in first.', retry: 'never' },
  login_throttled: {
    kind: 'rate_limited',
    message: 'Too many login attempts. Try again in {seconds} s.',
    retry: 'later',
  },
  session_not_found: { kind: 'not_found', message: 'There is no session {id}.', retry: 'never' },
  user_not_found: { kind: 'not_found', message: 'There is no person {id}.', retry: 'never' },
  owner_fixed: {
    kind: 'invalid',
    message: 'The owner cannot be removed, demoted or given an access key.',
    retry: 'never',
  },

  invalid_person: { kind: 'invalid', message: '{reason}', retry: 'never' },

  // Policy
  forbidden: { kind: 'forbidden', message: 'This needs the role {role}.', retry: 'never' },
  not_a_member: { kind: 'forbidden', message: 'You are not a member of this channel.', retry: 'never' },
  not_channel_admin: {
    kind: 'forbidden',
    message: 'Only those who run the channel may do this.',
    retry: 'never',
  },
  not_your_message: { kind: 'forbidden', message: 'This is not your message.', retry: 'never' },
  rate_limited: {
    kind: 'rate_limited',
    message: 'You are sending too many messages in a short time.',
    retry: 'later',
  },

  answers_waiting: {
    kind: 'rate_limited',
    message: 'Too many answers are waiting in this channel. Wait for some of them, or stop them.',
    retry: 'later',
  },

  // Names
  invalid_name: { kind: 'invalid', message: 'The name "{name}" cannot be used: {reason}.', retry: 'never' },
  name_taken: { kind: 'conflict', message: 'The name "{name}" is already taken.', retry: 'never' },
  id_taken: { kind: 'conflict', message: 'The id "{id}" is already taken.', retry: 'never' },

  // Channels and messages
  channel_not_found: { kind: 'not_found', message: 'There is no channel {id}.', retry: 'never' },
  member_not_found: { kind: 'not_found', message: '{id} is not a member of this channel.', retry: 'never' },
  invalid_channel: { kind: 'invalid', message: '{reason}', retry: 'never' },
  last_person: {
    kind: 'invalid',
    message: 'The last person cannot leave a channel. Delete the channel instead.',
    retry: 'never',
  },
  message_not_found: { kind: 'not_found', message: 'There is no message {id} here.', retry: 'never' },
  invalid_message: { kind: 'invalid', message: '{reason}', retry: 'never' },
  message_too_long: {
    kind: 'too_large',
    message: 'A message has at most {limit} characters.',
    retry: 'never',
  },
  invalid_page: { kind: 'invalid', message: '{reason}', retry: 'never' },
  attachment_not_found: { kind: 'not_found', message: 'There is no uploaded file {url}.', retry: 'never' },
  invalid_upload: { kind: 'invalid', message: '{reason}', retry: 'never' },

  // Agents and answers
  agent_not_found: { kind: 'not_found', message: 'There is no agent {id}.', retry: 'never' },
  agent_disabled: { kind: 'conflict', message: 'The agent {id} is disabled.', retry: 'never' },
  invalid_agent: { kind: 'invalid', message: '{reason}', retry: 'never' },
  not_an_answer: { kind: 'invalid', message: 'The message {id} is not an answer of an agent.', retry: 'never' },
  answer_not_running: { kind: 'conflict', message: 'This answer is not running.', retry: 'never' },
  answer_running: { kind: 'conflict', message: 'This answer is still being written.', retry: 'later' },

  // Settings
  invalid_settings: { kind: 'invalid', message: '{reason}', retry: 'never' },
  key_required: {
    kind: 'invalid',
    message: 'The address of provider {id} changed: enter its API key again.',
    retry: 'never',
  },
})
