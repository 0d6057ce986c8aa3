import { Check } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { type Accent, accents } from '../../../app/look.ts'
import { Icon } from '../../../ui/icon.tsx'

/** The accent colours as dots. */
export function AccentPicker({ value, onChange }: { value: Accent; onChange: (accent: Accent) => void }) {
  const { t } = useTranslation('settings')
  const names: Record<Accent, string> = {
    indigo: t('accent.indigo'),
    blue: t('accent.blue'),
    teal: t('accent.teal'),
    green: t('accent.green'),
    amber: t('accent.amber'),
    rose: t('accent.rose'),
    graphite: t('accent.graphite'),
  }
  return (
    <RadioGroup.Root
      aria-label={t('look.accent')}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onChange(next as Accent)}
      className="flex flex-wrap gap-2"
    >
      {accents.map((accent) => (
        <RadioGroup.Item
          key={accent}
          value={accent}
          aria-label={names[accent]}
          title={names[accent]}
          className="flex size-10 items-center justify-center rounded-full ring-inset data-[state=checked]:ring-2 data-[state=checked]:ring-accent-text"
        >
          <span
            className={`accent-dot accent-dot-${accent} flex size-7 items-center justify-center rounded-full text-on-accent`}
          >
            <RadioGroup.Indicator>
              <Icon icon={Check} size={16} />
            </RadioGroup.Indicator>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
