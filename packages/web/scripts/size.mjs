#!/usr/bin/env node
/**
 * Measures what a visitor loads, in gzip bytes of the built app (`vite build` first): `first load` is what index.html names,
 * the others add what is fetched beside the first data. Fails when the first load is over the budget. `--files` lists the files.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 200
const dist =
  process.argv.slice(2).find((argument) => !argument.startsWith('-')) ??
  join(dirname(fileURLToPath(import.meta.url)), '../dist')
const manifestPath = join(dist, '.vite/manifest.json')
if (!existsSync(manifestPath)) {
  console.error(`There is no build in ${dist}. Run "vite build" in packages/web first.`)
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
const sizes = new Map()
const sizeOf = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length)
  return sizes.get(file)
}

/** Files of some manifest entries with everything they import statically. */
function filesOf(keys) {
  const files = new Set()
  const seen = new Set()
  const visit = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`The manifest has no ${key}`)
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const key of keys) visit(key)
  return files
}

const stages = {
  'first load': ['index.html'],
  'open chat': [
    'index.html',
    'src/i18n/locales/zh-CN/index.ts',
    'src/features/chats/chats-page.tsx',
    'src/features/conversation/conversation.tsx',
  ],
  'chat with markdown': [
    'index.html',
    'src/i18n/locales/zh-CN/index.ts',
    'src/features/chats/chats-page.tsx',
    'src/features/conversation/conversation.tsx',
    'src/features/markdown/markdown.tsx',
  ],
}
let failed = false
for (const [name, keys] of Object.entries(stages)) {
  const files = filesOf(keys)
  const bytes = [...files].reduce((sum, file) => sum + sizeOf(file), sizeOf('index.html'))
  const kilobytes = bytes / 1000
  const over = name === 'first load' && kilobytes > BUDGET_KB
  failed ||= over
  console.log(
    `${name.padEnd(20)} ${kilobytes.toFixed(1).padStart(7)} kB gzip in ${files.size + 1} files${over ? `  over the budget of ${BUDGET_KB} kB` : ''}`,
  )
  if (process.argv.includes('--files'))
    for (const file of [...files].sort((a, b) => sizeOf(b) - sizeOf(a)))
      console.log(`    ${(sizeOf(file) / 1000).toFixed(1).padStart(7)}  ${file}`)
}
process.exitCode = failed ? 1 : 0
