import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { memo } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { completeTail } from '../parse/complete-tail.ts'
import { markdownToHast } from '../parse/to-hast.ts'
import { elements } from './elements.tsx'

interface TextBlockProps {
  readonly source: string
  /** Definitions from other blocks that this one needs. */
  readonly definitions: string
  readonly mentions: RegExp
  readonly scope: string
  /** The block is the last one of a text that is still growing. */
  readonly growing: boolean
}

/** One block that is not a code fence; a finished one is parsed once. */
export const TextBlock = memo(function TextBlock({ source, definitions, mentions, scope, growing }: TextBlockProps) {
  const text = growing ? completeTail(source) : source
  try {
    const tree = markdownToHast(text, { definitions, mentions, scope })
    return toJsxRuntime(tree, { Fragment, jsx, jsxs, components: elements, ignoreInvalidStyle: true })
  } catch {
    // A parser's fault must not take the message away from its reader.
    return <p className="whitespace-pre-wrap">{source}</p>
  }
})
