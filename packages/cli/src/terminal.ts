/** What a command may touch of its process; tests hand in their own. */
export interface Terminal {
  /** Results, one call per line. */
  out(line: string): void
  /** Anything that is not the result: progress and failures. */
  note(line: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where relative paths of the command line start. */
  readonly directory: string
}
