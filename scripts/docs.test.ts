/** The documentation says nothing about files, commands and settings that is not so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingDeclarations, settingNames } from '../packages/server/src/config/settings.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
]

/** Targets of Markdown links and images that are files of this repository. */
function linkedFiles(document: string): string[] {
  const targets = [...read(document).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map((match) => match[1] ?? '')
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.relative(root, path.resolve(root, path.dirname(document), target)))
}

/** Paths in code spans that start at the root of the repository; patterns with wildcards or placeholders are not paths. */
function mentionedFiles(document: string): string[] {
  const spans = [...read(document).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
  return spans.filter((span) => /^(packages|scripts|tests|docs|\.ci)\/[\w./-]+$/.test(span))
}

describe.each(documents)('%s', (document) => {
  it('names only files that exist', () => {
    const files = [...linkedFiles(document), ...mentionedFiles(document)]
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  })
  it('names only npm scripts that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
    const named = [...read(document).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe.each(['README.md', 'README.zh-CN.md'])('the settings table of %s', (document) => {
  const rows = [...read(document).matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name, fallback, meaning]) => ({ name: name ?? '', fallback: fallback ?? '', meaning: meaning ?? '' }),
  )
  it('has every setting with its default, in the order of the declaration', () => {
    const declared = settingNames.map((name) => {
      const declaration: { readonly meaning: string; readonly fallback?: string } = settingDeclarations[name]
      return [name, declaration.fallback === undefined ? '–' : `\`${declaration.fallback}\``]
    })
    expect(rows.map(({ name, fallback }) => [name, fallback])).toEqual([
      ...declared,
      ['PARLEY_CONFIG', '`./parley.yaml`'],
    ])
  })
})

it('README.md explains each setting as its declaration does', () => {
  for (const name of settingNames) expect(read('README.md')).toContain(settingDeclarations[name].meaning)
})
