import { RadioGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { cx } from '../../../ui/classes.ts'
import type { AgentTemplate } from './templates/template.ts'

interface StartingPointsProps {
  templates: readonly AgentTemplate[]
  chosen: AgentTemplate['id'] | 'blank'
  /** Null is the blank one. */
  onChoose: (template: AgentTemplate | null) => void
}

/** What a new agent starts from, as cards. */
export function StartingPoints({ templates, chosen, onChoose }: StartingPointsProps) {
  const { t } = useTranslation('agents')
  return (
    <RadioGroup.Root
      aria-label={t('new.from')}
      value={chosen}
      onValueChange={(id) => onChoose(templates.find((template) => template.id === id) ?? null)}
      className="grid gap-2 min-[520px]:grid-cols-2 lg:grid-cols-3"
    >
      <Card
        value="blank"
        id="blank"
        avatar="🤖"
        name={t('new.blank')}
        description={t('new.blankText')}
        active={chosen === 'blank'}
      />
      {templates.map((template) => (
        <Card
          key={template.id}
          value={template.id}
          id={template.id}
          avatar={template.avatar}
          name={template.name}
          description={template.description}
          active={chosen === template.id}
        />
      ))}
    </RadioGroup.Root>
  )
}

interface CardProps {
  value: string
  id: string
  avatar: string
  name: string
  description: string
  active: boolean
}

function Card({ value, id, avatar, name, description, active }: CardProps) {
  return (
    <RadioGroup.Item
      value={value}
      className={cx(
        'flex items-start gap-3 rounded-md border p-3 text-left transition-colors',
        active ? 'border-accent-text bg-accent-ground' : 'border-line hover:border-line-strong hover:bg-hover',
      )}
    >
      <Avatar id={id} name={name} avatar={avatar} size={36} shape="square" />
      <span className="min-w-0 flex-1">
        <span className="block text-ui font-medium text-fg">{name}</span>
        <span className="mt-0.5 line-clamp-2 text-small text-muted">{description}</span>
      </span>
    </RadioGroup.Item>
  )
}
