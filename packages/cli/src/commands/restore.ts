import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

export function addRestore(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .description('fill the data folder from a backup; the server must be stopped')
    .argument('<folder>', 'folder made by "parley backup"')
    .option('--force', 'replace the data that is there, keeping it aside in the data folder')
    .action(async (folder: string, { force = false }: { force?: boolean }) => {
      const { loadConfig, restoreFrom } = await import('@parley/server/maintenance')
      const { dataDirectory } = (await loadConfig(terminal)).config
      const source = resolve(terminal.directory, folder)
      const { manifest, aside } = await restoreFrom(source, dataDirectory, { force })
      terminal.out(
        `Restored ${dataDirectory} from the backup of ${manifest.createdAt}: ${manifest.files.length} files.`,
      )
      if (aside !== undefined) terminal.out(`What was there before is in ${aside}.`)
    })
}
