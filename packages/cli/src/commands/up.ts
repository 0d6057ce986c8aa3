import type { Command } from 'commander'

export function addUp(program: Command): void {
  program
    .command('up')
    .description('run the server until SIGINT or SIGTERM')
    .action(async () => {
      // The server is a process of its own: importing its entry starts it, with its own signals and exit code.
      await import('@parley/server/main')
    })
}
