import { useTranslation } from 'react-i18next'
import { useLook } from '../../app/look.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'

/** All keyboard shortcuts. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const { enterSends } = useLook()
  const sections = [
    {
      title: t('shortcuts.general'),
      keys: [
        ['mod+k', t('shortcuts.palette')],
        ['alt+↑', t('shortcuts.previous')],
        ['alt+↓', t('shortcuts.next')],
        ['?', t('shortcuts.sheet')],
        ['escape', t('shortcuts.close')],
      ],
    },
    {
      title: t('shortcuts.conversation'),
      keys: [
        ['mod+.', t('shortcuts.stop')],
        ['mod+shift+m', t('shortcuts.mute')],
        ['mod+/', t('shortcuts.details')],
      ],
    },
    {
      title: t('shortcuts.composer'),
      keys: [
        [enterSends ? 'enter' : 'mod+enter', t('shortcuts.send')],
        [enterSends ? 'shift+enter' : 'enter', t('shortcuts.newline')],
        ['↑', t('shortcuts.editLast')],
        ['@', t('shortcuts.mention')],
      ],
    },
  ] as const
  return (
    <Dialog open title={t('shortcuts.title')} onOpenChange={(open) => !open && onClose()} size="sm">
      {sections.map((section) => (
        <section key={section.title} className="mb-4 last:mb-0">
          <h3 className="mb-1 text-small font-medium text-muted">{section.title}</h3>
          <dl>
            {section.keys.map(([keys, label]) => (
              <div
                key={keys}
                className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
              >
                <dt className="text-ui">{label}</dt>
                <dd>
                  <Kbd keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
