import { defineErrors } from '@parley/base'

export const fileErrors = defineErrors({
  blob_path_invalid: { kind: 'invalid', message: 'This is not a path a file can be stored under.', retry: 'never' },
  blob_exists: { kind: 'conflict', message: 'A file is already stored under this path.', retry: 'never' },
  agent_id_invalid: { kind: 'invalid', message: 'This is not the id of an agent.', retry: 'never' },
  secret_unreadable: {
    kind: 'invalid',
    message: 'A stored secret cannot be read with the key of this data folder. Enter it again.',
    retry: 'never',
  },
  secret_key_invalid: {
    kind: 'internal',
    message: 'The key file {file} is damaged. Restore it from a backup.',
    retry: 'never',
  },
})
