import { FilePlus2 } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/icon.tsx'

/** The main column of a conversation; files dropped anywhere on it are attached. */
export function DropZone({
  disabled,
  onFiles,
  children,
}: {
  disabled: boolean
  onFiles: (files: readonly File[]) => void
  children: ReactNode
}) {
  const { t } = useTranslation('composer')
  const [depth, setDepth] = useState(0)
  const carriesFiles = (event: DragEvent): boolean => !disabled && event.dataTransfer.types.includes('Files')
  return (
    <div
      className="relative flex min-h-0 min-w-0 flex-1 flex-col"
      onDragEnter={(event) => {
        if (carriesFiles(event)) setDepth(depth + 1)
      }}
      onDragLeave={(event) => {
        if (carriesFiles(event)) setDepth(Math.max(0, depth - 1))
      }}
      onDragOver={(event) => {
        if (carriesFiles(event)) event.preventDefault()
      }}
      onDrop={(event) => {
        setDepth(0)
        if (!carriesFiles(event)) return
        event.preventDefault()
        // Folders arrive as files without a type that cannot be read; they have no place in a message.
        const files = [...event.dataTransfer.items].flatMap((item) =>
          item.webkitGetAsEntry()?.isDirectory ? [] : (item.getAsFile() ?? []),
        )
        onFiles(files)
      }}
    >
      {children}
      {depth > 0 ? (
        <div className="pointer-events-none absolute inset-3 z-30 flex animate-fade-in flex-col items-center justify-center gap-3 rounded-lg border-2 border-dashed border-accent-text bg-accent-ground text-title font-medium text-accent-text">
          <Icon icon={FilePlus2} size={28} />
          {t('drop')}
        </div>
      ) : null}
    </div>
  )
}
