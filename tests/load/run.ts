/**
 * `npm run load` or `node tests/load/run.ts [scenario …] [--runs=3] [--json=file]`: measures the built server over
 * loopback and prints medians. Generator and server are separate processes. It judges nothing: read the numbers.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { ensureBuilt } from '../../scripts/lib/ensure-built.mjs'
import { median } from './measure/percentile.ts'
import type { Figures, Scenario } from './measure/scenario.ts'
import { burst } from './scenarios/burst.ts'
import { echo } from './scenarios/echo.ts'
import { fanOut } from './scenarios/fan-out.ts'
import { history } from './scenarios/history.ts'
import { machine } from './scenarios/machine.ts'
import { start } from './scenarios/start.ts'
import { streaming } from './scenarios/streaming.ts'

const scenarios: readonly Scenario[] = [machine, start, echo, burst, fanOut, streaming, history]

const args = process.argv.slice(2)
const option = (name: string): string | undefined =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
const names = args.filter((arg) => !arg.startsWith('--'))
const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. Scenarios: ${scenarios.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}
const runs = Number(option('runs') ?? 3)

if (process.env['PARLEY_LOAD_ENTRY'] === undefined) await ensureBuilt(['server'])
const results: Record<string, Figures> = {}
process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, median of ${runs} runs\n`,
)
for (const scenario of scenarios) {
  if (names.length > 0 && !names.includes(scenario.name)) continue
  process.stdout.write(`\n${scenario.name}: ${scenario.summary}\n`)
  if (scenario.reference !== undefined) process.stdout.write(`  to beat: ${scenario.reference}\n`)
  const figures: Figures[] = []
  for (let run = 0; run < runs; run++) figures.push(await scenario.run())
  results[scenario.name] = report(figures)
}
const file = option('json')
if (file !== undefined) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)

function report(figures: readonly Figures[]): Figures {
  const medians: Record<string, number> = {}
  for (const name of Object.keys(figures[0] ?? {})) {
    const values = figures.map((each) => each[name] ?? Number.NaN)
    medians[name] = median(values)
    const spread = values.map(shorten).join(' ')
    process.stdout.write(`  ${name.padEnd(24)} ${shorten(medians[name]).padStart(10)}   (${spread})\n`)
  }
  return medians
}

function shorten(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
