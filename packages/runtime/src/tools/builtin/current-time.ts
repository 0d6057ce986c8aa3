import { z } from 'zod'
import { toolErrors } from '../errors.ts'
import { defineTool, type Tool } from '../tool.ts'

/** Tells the time. `defaultZone`: IANA name used when the model names none. */
export function currentTimeTool(defaultZone: string): Tool {
  return defineTool({
    name: 'current_time',
    description: 'Tells the current date and time, optionally in a given time zone.',
    schema: z.object({
      timeZone: z.string().max(60).optional().describe('IANA name such as Asia/Shanghai or Europe/Berlin'),
    }),
    timeout: 2_000,
    idempotent: true,
    async handler({ timeZone }, { clock }) {
      const zone = timeZone?.trim() || defaultZone
      return describeTime(clock.now(), zone)
    },
  }) as Tool
}

function describeTime(now: number, timeZone: string): string {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
  } catch {
    const reason = `"${timeZone.slice(0, 60)}" is not an IANA time zone. Example: Asia/Shanghai.`
    throw toolErrors.tool_refused({ details: { reason } })
  }
  const parts = new Map(format.formatToParts(now).map((part) => [part.type, part.value]))
  const at = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  const offset = at('timeZoneName').replace('GMT', 'UTC')
  return `${at('year')}-${at('month')}-${at('day')} ${at('hour')}:${at('minute')}:${at('second')}, ${at('weekday')}, ${timeZone} (${offset})`
}
