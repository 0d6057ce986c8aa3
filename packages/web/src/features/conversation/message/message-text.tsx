import { lazy, Suspense } from 'react'
import { FallbackBoundary } from '../../../ui/fallback-boundary.tsx'
import { useConversationFacts } from '../conversation-context.tsx'

const loadMarkdown = () => import('../../markdown/markdown.tsx')
const Markdown = lazy(loadMarkdown)
// Fetched beside the messages, not after them.
loadMarkdown().catch(() => {})

/** The text of a message: markdown, or its plain form until the renderer is there (and where it fails). */
export function MessageText({ text, streaming = false }: { text: string; streaming?: boolean }) {
  const { mentionNames } = useConversationFacts()
  const plain = <div className="break-words whitespace-pre-wrap">{text}</div>
  return (
    <FallbackBoundary fallback={plain}>
      <Suspense fallback={plain}>
        <Markdown text={text} streaming={streaming} mentions={mentionNames} />
      </Suspense>
    </FallbackBoundary>
  )
}
