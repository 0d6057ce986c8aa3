/** The command line: one file per sub-command, each loading what it needs only when it runs. */
import { isParleyError } from '@parley/base'
import { Command, CommanderError } from 'commander'
import { addBackup } from './commands/backup.ts'
import { addDoctor } from './commands/doctor.ts'
import { addRestore } from './commands/restore.ts'
import { addUp } from './commands/up.ts'
import { addVersion } from './commands/version.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command line (without node and script). Resolves to the exit code: 0, 1 for a failure, 2 for a misuse. */
export async function runProgram(terminal: Terminal, args: readonly string[]): Promise<number> {
  const program = new Command('parley')
    .description('Parley, a self-hosted messenger where people and AI agents talk')
    .addHelpText(
      'after',
      '\nSettings come from the environment and from parley.yaml, as for the server: see README.md.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
  addUp(program)
  addBackup(program, terminal)
  addRestore(program, terminal)
  addDoctor(program, terminal)
  addVersion(program, terminal)
  for (const command of program.commands) command.copyInheritedSettings(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    return exitCodeOf(error, terminal)
  }
}

function exitCodeOf(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError)
    return error.code.startsWith('commander.') && error.exitCode === 1 ? 2 : error.exitCode
  if (!isParleyError(error)) throw error
  terminal.note(error.message)
  return 1
}
