import type { Finding } from './finding.ts'

/** Differences up to this many milliseconds are ordinary: clocks are corrected, file systems round. */
const TOLERANCE = 5 * 60_000

export interface ClockReadings {
  /** Milliseconds since the epoch, by the clock of this machine. */
  readonly now: number
  /** When this program was built. */
  readonly built: number
  /** When the data folder was last written; undefined when there is none. */
  readonly lastWrite: number | undefined
}

/** A clock that stands before things that have already happened is wrong. */
export function checkClock({ now, built, lastWrite }: ClockReadings): Finding {
  const subject = 'clock'
  const advice = 'set the time, e.g. with "timedatectl set-ntp true": times and order of messages depend on it'
  if (now < built - TOLERANCE) {
    return {
      level: 'problem',
      subject,
      text: `It says ${iso(now)}, before this program was built (${iso(built)}).`,
      advice,
    }
  }
  if (lastWrite !== undefined && now < lastWrite - TOLERANCE) {
    const text = `It says ${iso(now)}, before the data was last written (${iso(lastWrite)}).`
    return { level: 'problem', subject, text, advice }
  }
  return { level: 'ok', subject, text: `${iso(now)}.` }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
