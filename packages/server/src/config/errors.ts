import { defineErrors } from '@parley/base'

/** Why the settings cannot be used. The process wrapper prints the message and ends with code 1. */
export const configErrors = defineErrors({
  setting_unknown: {
    kind: 'invalid',
    message: '{source} sets {name}, which is not a setting. Settings are: {known}.',
    retry: 'never',
  },
  setting_invalid: {
    kind: 'invalid',
    message: '{name} in {source} is not usable: {problem} Allowed: {allowed}.',
    retry: 'never',
  },
  config_file_missing: {
    kind: 'invalid',
    message: 'The file named by PARLEY_CONFIG does not exist: {path}',
    retry: 'never',
  },
  config_file_invalid: { kind: 'invalid', message: '{path} cannot be read as settings: {problem}', retry: 'never' },
})
