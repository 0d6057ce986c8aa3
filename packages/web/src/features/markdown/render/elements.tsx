/** How the elements of a message are drawn. Anything not listed keeps its plain HTML element. */
import type { Components } from 'hast-util-to-jsx-runtime'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Formula } from '../math/formula.tsx'
import { CodeBlock } from './code-block.tsx'
import { MessageImage } from './message-image.tsx'
import { MessageLink } from './message-link.tsx'

function textOf(children: React.ReactNode): string {
  return Array.isArray(children) ? children.map(textOf).join('') : typeof children === 'string' ? children : ''
}

function InlineCode({ className, children }: ComponentProps<'code'>) {
  if (className?.includes('math-inline')) return <Formula tex={textOf(children)} display={false} />
  return <code className="md-inline-code">{children}</code>
}

/** A fence inside a list or quote; those of the top level never come here. */
function Preformatted({ children }: ComponentProps<'pre'>) {
  const code = Array.isArray(children) ? children[0] : children
  const props = (code as React.ReactElement<ComponentProps<'code'>> | undefined)?.props ?? {}
  const text = textOf(props.children)
  if (props.className?.includes('math-display')) return <Formula tex={text} display={true} />
  const word = /language-(\S+)/.exec(props.className ?? '')?.[1] ?? ''
  return <CodeBlock code={text.replace(/\n$/, '')} info={word} closed={true} />
}

/** A paragraph that is one formula written on its own line is a displayed formula. */
function Paragraph({ children }: ComponentProps<'p'>) {
  const only = Array.isArray(children) && children.length === 1 ? children[0] : children
  const props = (only as React.ReactElement<ComponentProps<'code'>> | null)?.props
  if (props?.className?.includes('math-inline')) {
    const tex = textOf(props.children)
    if (tex.startsWith('\\displaystyle ')) return <Formula tex={tex} display={true} />
  }
  return <p>{children}</p>
}

function ScrollingTable({ children }: ComponentProps<'table'>) {
  const { t } = useTranslation('markdown')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section className="md-table" aria-label={t('table')} tabIndex={0}>
      <table>{children}</table>
    </section>
  )
}

function TaskBox({ checked }: ComponentProps<'input'>) {
  const { t } = useTranslation('markdown')
  return (
    <input
      type="checkbox"
      checked={checked === true}
      disabled
      readOnly
      aria-label={checked === true ? t('taskDone') : t('taskOpen')}
    />
  )
}

/** Characters a cell shows; enough to tell a word from a sentence. */
function lengthOf(children: React.ReactNode): number {
  if (typeof children === 'string') return children.length
  if (Array.isArray(children)) return children.reduce<number>((sum, child) => sum + lengthOf(child), 0)
  if (children === null || typeof children !== 'object' || !('props' in children)) return 0
  return lengthOf((children.props as { children?: React.ReactNode }).children)
}

/** Cells with sentences keep a readable width on a phone; the table scrolls instead of breaking every word. */
function Cell({ children, style }: ComponentProps<'td'>) {
  return (
    <td style={style} data-wide={lengthOf(children) > 24 || undefined}>
      {children}
    </td>
  )
}

/** Headings of a message stand below those of the page around it. */
const heading = (level: 3 | 4 | 5 | 6, look: string) => {
  const Tag = `h${level}` as const
  return function Heading({ children }: { children?: React.ReactNode }) {
    return <Tag className={look}>{children}</Tag>
  }
}

export const elements: Partial<Components> = {
  a: MessageLink,
  code: InlineCode,
  h1: heading(3, 'md-h1'),
  h2: heading(4, 'md-h2'),
  h3: heading(5, 'md-h3'),
  h4: heading(6, 'md-h4'),
  h5: heading(6, 'md-h4'),
  h6: heading(6, 'md-h4'),
  img: MessageImage,
  input: TaskBox,
  p: Paragraph,
  pre: Preformatted,
  table: ScrollingTable,
  td: Cell,
}
