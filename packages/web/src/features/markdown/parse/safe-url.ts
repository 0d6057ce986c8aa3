/** Which addresses a message may lead to. Everything else is shown as text. */

/** Control and format characters and every kind of space: browsers drop some of them, so `java	script:` must not pass. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/gu

/** An address that may be opened: http, https or mailto, or a place of this app; null otherwise. */
export function safeLink(href: string | undefined): string | null {
  if (href === undefined) return null
  const address = href.replaceAll(INVISIBLE, '')
  if (/^#[^\s]*$/.test(address)) return address
  if (/^\/(?![/\\])/.test(address)) return address
  if (!/^(?:https?:\/\/|mailto:)/i.test(address)) return null
  try {
    const url = new URL(address)
    return url.protocol === 'mailto:' || url.hostname !== '' ? url.href : null
  } catch {
    return null
  }
}

/** An image that may load without telling a third party: an upload of this server, or a raster image given inline. */
export function safeImage(src: string | undefined): string | null {
  if (src === undefined) return null
  const address = src.replaceAll(INVISIBLE, '')
  if (/^\/uploads\/(?!.*(?:\.\.|\\|%2e%2e|%5c))/i.test(address)) return address
  return /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/]+=*$/i.test(address) ? address : null
}
