/** What one check of `parley doctor` has to say. */
export interface Finding {
  /** `problem`: the server will not run, or data is at risk. `warning`: it runs, but somebody should look. */
  readonly level: 'ok' | 'warning' | 'problem'
  /** What was looked at, e.g. `disk`. */
  readonly subject: string
  /** What was seen: one sentence with the figures. */
  readonly text: string
  /** What to do about it; present unless the level is `ok`. */
  readonly advice?: string
}

const MARKS = { ok: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' } as const

/** One line per finding; what to do stands behind an arrow on the same line. */
export function formatFinding({ level, subject, text, advice }: Finding): string {
  return `${MARKS[level]}  ${subject.padEnd(11)}  ${text}${advice === undefined ? '' : ` → ${advice}`}`
}
