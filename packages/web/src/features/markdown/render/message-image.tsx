import { ImageIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/icon.tsx'
import { safeImage, safeLink } from '../parse/safe-url.ts'

/** An image of our own; one that lies elsewhere is a link, because loading it would tell that place who reads this. */
export function MessageImage({ src, alt, title }: ComponentProps<'img'>) {
  const { t } = useTranslation('markdown')
  const address = typeof src === 'string' ? src : undefined
  const own = safeImage(address)
  const name = alt === undefined || alt === '' ? (title ?? '') : alt
  if (own !== null) return <OwnImage src={own} name={name} label={t('openImage')} />
  const remote = safeLink(address)
  // Still being written, or an address that is never opened.
  if (remote === null || !remote.startsWith('http')) return name === '' ? null : <span>{name}</span>
  return (
    <a className="md-remote-image" href={remote} target="_blank" rel="noopener noreferrer nofollow" title={remote}>
      <Icon icon={ImageIcon} size={15} />
      {name === '' ? t('image') : name}
      <span className="text-muted">{t('remoteImage', { host: new URL(remote).host })}</span>
    </a>
  )
}

function OwnImage({ src, name, label }: { readonly src: string; readonly name: string; readonly label: string }) {
  const picture = <img src={src} alt={name} loading="lazy" decoding="async" />
  if (!src.startsWith('/')) return picture
  return (
    <a className="md-image" href={src} target="_blank" rel="noopener noreferrer" title={label}>
      {picture}
    </a>
  )
}
