import { memo } from 'react'
import type { TokenLine } from '../highlight/tokens.ts'

/** One coloured line with its line break; drawn again only when its tokens change. */
export const CodeLine = memo(function CodeLine({ tokens }: { readonly tokens: TokenLine }) {
  return (
    <span>
      {tokens.map((token, index) =>
        token.kind === '' ? (
          token.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line never move.
          <span key={index} className={`tok-${token.kind}`}>
            {token.text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  )
})
