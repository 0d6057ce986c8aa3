/** Measured values by name; the unit is part of the name, e.g. `p50 ms`. */
export type Figures = Readonly<Record<string, number>>

export interface Scenario {
  readonly name: string
  /** What one run does, in one line. */
  readonly summary: string
  /** The figure to beat, as printed beside the result. */
  readonly reference?: string
  run(): Promise<Figures>
}
