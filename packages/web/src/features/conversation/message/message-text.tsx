import { lazy, Suspense } from 'react'
import { useConversationFacts } from '../conversation-context.tsx'

const Markdown = lazy(() => import('../../markdown/markdown.tsx'))

/** The text of a message: markdown, or its plain form until the renderer is there. */
export function MessageText({ text, streaming = false }: { text: string; streaming?: boolean }) {
  const { mentionNames } = useConversationFacts()
  return (
    <Suspense fallback={<div className="break-words whitespace-pre-wrap">{text}</div>}>
      <Markdown text={text} streaming={streaming} mentions={mentionNames} />
    </Suspense>
  )
}
