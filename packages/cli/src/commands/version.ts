import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

export function addVersion(program: Command, terminal: Terminal): void {
  program
    .command('version')
    .description('print the version of Parley and of the Node it runs on')
    .action(async () => {
      const { version } = await import('@parley/server/maintenance')
      terminal.out(`parley ${version}, node ${process.versions.node}`)
    })
}
