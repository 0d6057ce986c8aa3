import { join } from 'node:path'
import { hasCode, isParleyError } from '@parley/base'
import { assertNotRestoring, inspect } from '@parley/server/maintenance'
import type { Finding } from './finding.ts'

const SUBJECT = 'database'
const RESTORE = 'stop the server, keep a copy of the folder, then "parley restore <backup> --force"'

/** Reads only; a server may be using the database. */
export function checkDatabase(dataDirectory: string): Finding {
  try {
    assertNotRestoring(dataDirectory)
    return judge(inspect(join(dataDirectory, 'parley.db')))
  } catch (error) {
    if (hasCode(error, 'database_missing')) {
      return { level: 'ok', subject: SUBJECT, text: 'There is none yet; the first start makes it.' }
    }
    if (!isParleyError(error)) throw error
    return { level: 'problem', subject: SUBJECT, text: error.message, advice: RESTORE }
  }
}

function judge({ schema, known, problems, counts, size, walSize }: ReturnType<typeof inspect>): Finding {
  if (schema > known) {
    const text = `It has schema ${schema}, newer than ${known} of this program.`
    return { level: 'problem', subject: SUBJECT, text, advice: 'install the Parley that wrote it, or a newer one' }
  }
  if (problems.length > 0) {
    return { level: 'problem', subject: SUBJECT, text: `It is damaged: ${problems.join('; ')}.`, advice: RESTORE }
  }
  const version = schema === known ? `schema ${schema}` : `schema ${schema}, brought to ${known} by the next start`
  const entries = counts['log_entries'] === undefined ? '' : `, ${counts['log_entries']} log entries`
  const megabytes = ((size + walSize) / 1e6).toFixed(1)
  return { level: 'ok', subject: SUBJECT, text: `Sound: ${version}${entries}, ${megabytes} MB.` }
}
