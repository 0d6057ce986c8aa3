/**
 * Stands in for the package `react-style-singleton` (used below Radix dialogs to lock scrolling).
 * Same contract, but through a constructed style sheet, which `style-src 'self'` allows where a <style> element is refused.
 */
import { useEffect } from 'react'

interface StylesheetSingleton {
  add(css: string): void
  remove(): void
}

export function stylesheetSingleton(): StylesheetSingleton {
  let users = 0
  let sheet: CSSStyleSheet | null = null
  return {
    add(css) {
      if (users++ > 0) return
      sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    },
    remove() {
      if (--users > 0 || sheet === null) return
      const gone = sheet
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== gone)
      sheet = null
    },
  }
}

export function styleHookSingleton(): (styles: string, isDynamic?: boolean) => void {
  const sheet = stylesheetSingleton()
  return (styles, isDynamic) => {
    useEffect(() => {
      sheet.add(styles)
      return () => sheet.remove()
      // Static styles are added once, as in the original.
      // oxlint-disable-next-line react-hooks/exhaustive-deps
    }, [isDynamic ? styles : undefined])
  }
}

export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const useStyle = styleHookSingleton()
  return function Sheet({ styles, dynamic }) {
    useStyle(styles, dynamic)
    return null
  }
}
