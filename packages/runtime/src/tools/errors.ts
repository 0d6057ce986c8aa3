import { defineErrors } from '@parley/base'

/** Errors whose message the model may read. */
export const toolErrors = defineErrors({
  tool_refused: { kind: 'forbidden', message: '{reason}', retry: 'never' },
  tool_failed: { kind: 'unavailable', message: '{reason}', retry: 'later' },
})
