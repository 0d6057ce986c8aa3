/** Link definitions and footnotes that stand in another block than their mention. */
import type { Block } from '../blocks/split-blocks.ts'

const DEFINITION = /^ {0,3}\[([^\]\n]+)\]:[ \t]*\S.*$/gm
const MENTION = /\[[^\]\n]+\]/

/** `label → definition line`, over all blocks; the first definition of a label counts (CommonMark §4.7). */
export function collectDefinitions(
  blocks: readonly Block[],
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  let found: Map<string, string> | null = null
  for (const block of blocks) {
    if (block.kind !== 'text' || !block.source.includes(']:')) continue
    for (const match of block.source.matchAll(DEFINITION)) {
      const label = normalLabel(match[1] ?? '')
      if (known.has(label) || found?.has(label)) continue
      found ??= new Map(known)
      // The text of a footnote stays with its own block; elsewhere only its existence matters.
      found.set(label, label.startsWith('^') ? `[${label}]: .` : match[0].trim())
    }
  }
  return found ?? known
}

/** The definitions `source` needs, as lines to append to it; the same string as long as nothing it uses changes. */
export function definitionsFor(source: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0 || !MENTION.test(source)) return ''
  const used: string[] = []
  for (const match of source.matchAll(/\[([^\][\n]+)\]/g)) {
    const line = definitions.get(normalLabel(match[1] ?? ''))
    if (line !== undefined && !used.includes(line)) used.push(line)
  }
  return used.join('\n\n')
}

function normalLabel(label: string): string {
  return label.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}
