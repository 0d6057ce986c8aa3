import './markdown.css'
import { useId, useMemo } from 'react'
import type { Block } from './blocks/split-blocks.ts'
import { mentionPattern } from './parse/mentions.ts'
import { definitionsFor } from './parse/references.ts'
import { CodeBlock } from './render/code-block.tsx'
import { TextBlock } from './render/text-block.tsx'
import { useBlocks } from './use-blocks.ts'

export interface MarkdownProps {
  readonly text: string
  /** More text is coming: what is open at the end is drawn as if it were closed. */
  readonly streaming?: boolean | undefined
  /** Names a mention may use; without them every `@word` counts as one. */
  readonly mentions?: readonly string[] | undefined
}

/** A message's markdown (GFM, formulas, diagrams, highlighted code). Nothing in `text` can run or load from elsewhere. */
export default function Markdown({ text, streaming = false, mentions }: MarkdownProps) {
  const scope = useId().replaceAll(/[^\w-]/g, '')
  const names = mentions?.join('\n')
  const pattern = useMemo(() => mentionPattern(names?.split('\n')), [names])
  const { finished, tail, definitions } = useBlocks(text)
  const draw = (block: Block, growing: boolean) =>
    block.kind === 'code' ? (
      <CodeBlock key={block.start} code={block.code} info={block.info} closed={block.closed || !streaming} />
    ) : (
      <TextBlock
        key={block.start}
        source={block.source}
        definitions={definitionsFor(block.source, definitions)}
        mentions={pattern}
        scope={scope}
        growing={growing}
      />
    )
  return (
    <div className="md" dir="auto">
      {finished.map((block) => draw(block, false))}
      {tail.map((block, index) => draw(block, streaming && index === tail.length - 1))}
    </div>
  )
}
