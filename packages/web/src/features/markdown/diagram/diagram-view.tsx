import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Drawing, drawDiagram } from './draw.ts'
import { useColorScheme } from './use-color-scheme.ts'

/**
 * The drawing as an image: an SVG inside <img> runs no script, loads nothing and follows no link, whatever the diagram says.
 * This chunk carries mermaid and loads with the first diagram.
 */
export default function DiagramView({
  source,
  onFail,
}: {
  readonly source: string
  readonly onFail: (reason: string) => void
}) {
  const { t } = useTranslation('markdown')
  const scheme = useColorScheme()
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  useEffect(() => {
    let current = true
    const show = async (): Promise<void> => {
      try {
        const next = await drawDiagram(source, scheme)
        if (current) setDrawing(next)
      } catch (error) {
        if (current) onFail(reasonOf(error))
      }
    }
    void show()
    return () => {
      current = false
    }
  }, [source, scheme, onFail])
  if (!drawing) return <p className="md-diagram-wait">{t('drawing')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <div className="md-diagram-canvas" tabIndex={0}>
      <img src={drawing.url} width={drawing.width} height={drawing.height} alt={source} />
    </div>
  )
}

/** The first line of mermaid's complaint; the rest is its grammar. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? '').replace(/:$/, '')
}
