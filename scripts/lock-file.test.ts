/** The lock file installs from any mirror, and brings nothing that needs a compiler or another licence. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly version?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly license?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
}

const text = readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8')
const lock: { packages: Record<string, Entry> } = JSON.parse(text)
const installed = Object.entries(lock.packages).filter(([name, entry]) => name.includes('node_modules/') && !entry.link)

describe('package-lock.json', () => {
  it('names no registry host', () => {
    expect(installed.length).toBeGreaterThan(100)
    expect(installed.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([])
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/)
  })
  it('runs an install script only for the pinned Node', () => {
    expect(installed.filter(([, entry]) => entry.hasInstallScript).map(([name]) => name)).toEqual(['node_modules/node'])
  })
  it('has weak copyleft only where NOTICE says so', () => {
    const copyleft = installed.filter(([, entry]) => /GPL|MPL|EPL|SSPL|BUSL|CC-BY-NC/.test(entry.license ?? ''))
    const known = /node_modules\/(@img\/sharp-[a-z0-9-]+|lightningcss(-[a-z0-9-]+)?|dompurify)$/
    expect(copyleft.map(([name]) => name).filter((name) => !known.test(name))).toEqual([])
  })
})
