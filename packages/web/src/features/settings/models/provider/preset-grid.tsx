import { Cloud, HardDrive, Plug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../../ui/icon.tsx'
import { type ProviderPreset, presets } from '../presets.ts'

/** The kinds of model servers: on own machines, at a service, or any other. */
export function PresetGrid({ onChoose }: { onChoose: (preset: ProviderPreset) => void }) {
  const { t } = useTranslation('settings')
  const groups = [
    { title: t('provider.local'), list: presets.filter((preset) => preset.local) },
    { title: t('provider.services'), list: presets.filter((preset) => !preset.local && preset.id !== 'custom') },
    { title: t('provider.others'), list: presets.filter((preset) => preset.id === 'custom') },
  ]
  return (
    <div className="flex flex-col gap-5">
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="mb-2 text-meta font-medium text-muted">{group.title}</h3>
          <ul className="grid grid-cols-1 gap-2 min-[480px]:grid-cols-2 md:grid-cols-3">
            {group.list.map((preset) => (
              <li key={preset.id}>
                <button
                  type="button"
                  onClick={() => onChoose(preset)}
                  className="flex min-h-14 w-full items-center gap-3 rounded-md border border-line px-3 py-2 text-left transition-colors hover:border-line-strong hover:bg-hover"
                >
                  <Icon
                    icon={preset.local ? HardDrive : preset.id === 'custom' ? Plug : Cloud}
                    size={19}
                    className="text-muted"
                  />
                  <span className="min-w-0">
                    <span className="block truncate text-ui font-medium text-fg">
                      {preset.name === '' ? t('provider.custom') : preset.name}
                    </span>
                    <span className="block truncate text-small text-muted">
                      {preset.id === 'custom' ? t('provider.customText') : hostOf(preset)}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Where the usual addresses of the kinds lead that need none. */
const usualHosts = {
  'openai-compatible': '',
  anthropic: 'api.anthropic.com',
  google: 'generativelanguage.googleapis.com',
} as const

function hostOf({ baseUrl, kind }: ProviderPreset): string {
  return baseUrl === '' ? usualHosts[kind] : new URL(baseUrl).host
}
