import { defineErrors } from '@parley/base'

/** Errors of backup, restore and inspection. */
export const dataErrors = defineErrors({
  database_missing: { kind: 'not_found', message: 'There is no database at {path}.', retry: 'never' },
  database_damaged: { kind: 'internal', message: 'The database {path} is damaged: {problem}', retry: 'never' },
  backup_target_invalid: {
    kind: 'conflict',
    message: 'A backup needs a new or empty folder outside the data it copies; {folder} is not one.',
    retry: 'never',
  },
  backup_incomplete: {
    kind: 'invalid',
    message: '{folder} is not a complete backup: {problem}.',
    retry: 'never',
  },
  data_folder_not_empty: {
    kind: 'conflict',
    message: 'The data folder {folder} is not empty. Force the restore to keep its content aside and replace it.',
    retry: 'never',
  },
  restore_interrupted: {
    kind: 'conflict',
    message: 'A restore into {folder} was interrupted. Run it again with force; what was there before is in {aside}.',
    retry: 'never',
  },
})
