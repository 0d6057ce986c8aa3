import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('look at settings, disk, data, clock and port; exit code 1 when something is wrong')
    .action(async () => {
      const { examine } = await import('../doctor/examine.ts')
      const { formatFinding } = await import('../doctor/finding.ts')
      const findings = await examine(terminal)
      for (const finding of findings) terminal.out(formatFinding(finding))
      const problems = findings.filter(({ level }) => level === 'problem').length
      if (problems > 0) {
        terminal.out(problems === 1 ? 'There is 1 problem.' : `There are ${problems} problems.`)
        program.error('', { exitCode: 1, code: 'parley.doctor' })
      }
    })
}
