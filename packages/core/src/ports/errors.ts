import { defineErrors } from '@parley/base'

/** Errors any implementation of the storage ports may throw. */
export const storeErrors = defineErrors({
  log_below_floor: {
    kind: 'not_found',
    message: 'Entries up to {floor} are no longer kept.',
    retry: 'never',
  },
  log_not_found: { kind: 'not_found', message: 'There is no entry {id}.', retry: 'never' },
  log_conflict: { kind: 'conflict', message: 'Entry {id} was changed by somebody else.', retry: 'safe' },
  log_full: { kind: 'unavailable', message: 'The log {key} is full.', retry: 'later' },
  cursor_past_head: { kind: 'invalid', message: 'Position {seq} is past the head {head}.', retry: 'never' },
  write_conflict: { kind: 'conflict', message: 'Somebody else changed this at the same time.', retry: 'safe' },
  write_invalid: { kind: 'invalid', message: 'The write is not well formed: {reason}.', retry: 'never' },
  lane_full: { kind: 'unavailable', message: 'Too much is waiting in {lane}.', retry: 'later' },
  lease_lost: { kind: 'conflict', message: 'The job {id} is no longer held by this worker.', retry: 'never' },
  store_unavailable: { kind: 'unavailable', message: 'The store does not accept writes.', retry: 'later' },
  store_failed: { kind: 'internal', message: 'The store failed to apply a write.', retry: 'never' },
  data_folder_taken: {
    kind: 'unavailable',
    message: 'The data folder {folder} is in use by another Parley process. Stop that one, or choose another folder.',
    retry: 'later',
  },
  schema_newer: {
    kind: 'unsupported',
    message: 'The data folder has schema {found}, newer than {known} of this program. Install a newer version.',
    retry: 'never',
  },
})
