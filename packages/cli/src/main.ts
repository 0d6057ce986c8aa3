/** The process of the `parley` command. */
import { runProgram } from './program.ts'

const code = await runProgram(
  {
    out: (line) => console.log(line),
    note: (line) => console.error(line),
    env: process.env,
    directory: process.cwd(),
  },
  process.argv.slice(2),
)
// `up` returns while the server runs: the exit code is left alone so that the server sets its own.
if (code !== 0) process.exitCode = code
