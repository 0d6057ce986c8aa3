import { memo } from 'react'
import { Diagram } from '../diagram/diagram.tsx'
import { SourceBox } from './source-box.tsx'

interface CodeBlockProps {
  readonly code: string
  /** The fence's info string; its first word names the language. */
  readonly info: string
  /** The closing fence has arrived (or the text is complete). */
  readonly closed: boolean
}

/** A fenced code block; a finished `mermaid` one is drawn. */
export const CodeBlock = memo(function CodeBlock({ code, info, closed }: CodeBlockProps) {
  const word = /^[^\s{,:]*/.exec(info)?.[0] ?? ''
  if (word.toLowerCase() === 'mermaid' && closed) return <Diagram source={code} />
  if (['math', 'latex-math', 'katex'].includes(word.toLowerCase()) && closed)
    return <SourceBox code={code} word="latex" />
  return <SourceBox code={code} word={word} />
})
