import { useEffect, useRef, useState } from 'react'

/** Text arrives in bursts of about this many milliseconds; each is spread over that time. */
const BURST_MS = 120
/** Least milliseconds between two renders: reading is smooth at half the frame rate, and parsing costs half. */
const STEP_MS = 32

const still = matchMedia('(prefers-reduced-motion: reduce)')

/** The text as it is to be drawn now: it runs after the real one so that words flow instead of jumping in. Append-only texts. */
export function useSmoothText(text: string, active: boolean): string {
  const [length, setLength] = useState(text.length)
  const target = useRef(text.length)
  target.current = text.length
  const flowing = active && !still.matches && length < text.length
  useEffect(() => {
    if (!flowing) return
    let last = performance.now()
    let frame = requestAnimationFrame(function step(now: number) {
      frame = requestAnimationFrame(step)
      const passed = now - last
      if (passed < STEP_MS) return
      last = now
      setLength((shown) => {
        const missing = target.current - shown
        return missing <= 0 ? target.current : shown + Math.max(1, Math.ceil(missing * Math.min(1, passed / BURST_MS)))
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [flowing])
  // A restarted answer is shorter than what was drawn.
  if (length > text.length) setLength(text.length)
  return flowing ? text.slice(0, safeCut(text, length)) : text
}

/** Never between the halves of a surrogate pair. */
function safeCut(text: string, length: number): number {
  const code = text.charCodeAt(length - 1)
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length
}
