/** Errors only the Workspace dialect knows. */
import { defineErrors } from '@parley/base'

export const workspaceErrors = defineErrors({
  knowledge_unsupported: {
    kind: 'unsupported',
    message: 'Knowledge bases are not offered by this version.',
    retry: 'never',
  },
  session_required: { kind: 'unauthenticated', message: 'Log in first.', retry: 'never' },
  session_ended: { kind: 'unauthenticated', message: 'The session has ended. Log in again.', retry: 'never' },
  role_required: { kind: 'forbidden', message: 'This needs the role {role} or higher.', retry: 'never' },
  upload_missing: { kind: 'invalid', message: 'Send the file as multipart field "file".', retry: 'never' },
  upload_too_large: { kind: 'too_large', message: 'A file has at most {limit} MiB.', retry: 'never' },
  upload_interrupted: { kind: 'invalid', message: 'The upload ended early.', retry: 'safe' },
  too_many_uploads: { kind: 'rate_limited', message: 'Too many uploads in a short time.', retry: 'later' },
  upload_not_found: { kind: 'not_found', message: 'There is no such file.', retry: 'never' },
  frame_invalid: { kind: 'invalid', message: '{problem}', retry: 'never' },
  not_subscribed: { kind: 'invalid', message: 'Subscribe to this channel first.', retry: 'never' },
  too_many_subscriptions: {
    kind: 'rate_limited',
    message: 'One socket follows at most {limit} channels.',
    retry: 'never',
  },
})
