import type { LucideIcon } from 'lucide-react'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

/** The strip above the text: what is replied to or edited. */
export function ComposerBar({
  icon,
  title,
  text,
  closeLabel,
  onClose,
  children,
}: {
  icon: LucideIcon
  title: string
  text: string
  closeLabel: string
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <div className="flex items-center gap-2.5 border-b border-line py-1 pr-1.5 pl-3.5">
      <Icon icon={icon} size={16} className="text-accent-text" />
      <div className="min-w-0 flex-1 text-meta">
        <p className="truncate font-medium text-accent-text">{title}</p>
        <p className="truncate text-muted">{text}</p>
      </div>
      {children}
      <IconButton icon={X} size="sm" label={closeLabel} onClick={onClose} />
    </div>
  )
}
