import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Keyboard, Languages, type LucideIcon, MessageSquarePlus, Moon, Sun, SunMoon, UsersRound } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useInbox } from '../../app/live.ts'
import { setLook, useLook } from '../../app/look.ts'
import { useCan } from '../../app/queries.ts'
import { type OverlayName, showOverlay } from '../../app/shell/overlay-store.ts'
import { places } from '../../app/shell/places.ts'
import { chooseLanguage, hasStoredLanguage, languages } from '../../i18n/index.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useChannelFaces } from '../chats/channel-face.ts'
import { matchesName } from '../chats/match-name.ts'
import { useOpenDirect } from '../chats/open-direct.ts'
import { useCandidates } from '../chats/use-candidates.ts'

const themeIcons: Record<'system' | 'light' | 'dark', LucideIcon> = { system: SunMoon, light: Sun, dark: Moon }

/** Goes anywhere and does what is often done, by a few letters. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-40 mx-auto flex max-h-[min(560px,80dvh)] max-w-150 animate-pop-in flex-col overflow-hidden rounded-lg bg-canvas shadow-float outline-none md:top-[12dvh]"
        >
          <Radix.Title className="sr-only">{t('palette.title')}</Radix.Title>
          <Command label={t('palette.title')} loop filter={rank} className="flex min-h-0 flex-col">
            <Command.Input
              autoFocus
              placeholder={t('palette.placeholder')}
              className="h-13 w-full shrink-0 border-b border-line bg-transparent px-4 text-body text-fg"
            />
            <Command.List className="min-h-0 scroll-py-2 overflow-y-auto p-2">
              <Command.Empty className="px-3 py-10 text-center text-ui text-muted">{t('palette.empty')}</Command.Empty>
              <Chats onClose={onClose} />
              <Contacts onClose={onClose} />
              <Places onClose={onClose} />
              <Actions onClose={onClose} />
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  )
}

function Item({
  id,
  words,
  leading,
  children,
  onSelect,
}: {
  id: string
  words: string
  leading: ReactNode
  children: ReactNode
  onSelect: () => void
}) {
  return (
    <Command.Item
      value={id}
      keywords={[words]}
      onSelect={onSelect}
      className="flex min-h-10 items-center gap-3 rounded-sm px-2.5 text-ui select-none data-[selected=true]:bg-hover"
    >
      <span className="flex size-6 shrink-0 items-center justify-center text-muted">{leading}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Command.Item>
  )
}

function Chats({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const { channels } = useInbox()
  const faceOf = useChannelFaces()
  const navigate = useNavigate()
  if (channels.length === 0) return null
  return (
    <Group heading={t('palette.chats')}>
      {channels.map((channel) => {
        const face = faceOf(channel)
        return (
          <Item
            key={channel.id}
            id={`chat ${channel.id}`}
            words={`${face.name} ${channel.name}`}
            leading={
              <Avatar id={face.id} name={face.name} avatar={face.avatar} shape={face.shape ?? 'round'} size={24} />
            }
            onSelect={() => {
              onClose()
              void navigate({ to: '/chats/$channelId', params: { channelId: channel.id } })
            }}
          >
            {face.name}
          </Item>
        )
      })}
    </Group>
  )
}

function Contacts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const { agents, people } = useCandidates('')
  const openDirect = useOpenDirect()
  const mayWrite = useCan('member')
  if (!mayWrite) return null
  return (
    <>
      {[
        { heading: t('palette.agents'), list: agents },
        { heading: t('palette.people'), list: people },
      ].map(({ heading, list }) =>
        list.length === 0 ? null : (
          <Group key={heading} heading={heading}>
            {list.map((candidate) => (
              <Item
                key={candidate.id}
                id={`write ${candidate.id}`}
                words={`${candidate.name} ${candidate.description}`}
                leading={
                  <Avatar
                    id={candidate.id}
                    name={candidate.name}
                    avatar={candidate.avatar}
                    shape={candidate.kind === 'agent' ? 'square' : 'round'}
                    size={24}
                  />
                }
                onSelect={() => {
                  onClose()
                  void openDirect(candidate.kind === 'agent' ? { agentId: candidate.id } : { userId: candidate.id })
                }}
              >
                {candidate.name}
              </Item>
            ))}
          </Group>
        ),
      )}
    </>
  )
}

function Places({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  return (
    <Group heading={t('palette.places')}>
      {places.map((place) => (
        <Item
          key={place.key}
          id={`place ${place.key}`}
          words={t(`places.${place.key}`)}
          leading={<Icon icon={place.icon} />}
          onSelect={() => {
            onClose()
            void navigate({ to: place.to })
          }}
        >
          {t(`places.${place.key}`)}
        </Item>
      ))}
    </Group>
  )
}

function Actions({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const look = useLook()
  const mayCreate = useCan('member')
  const show = (name: OverlayName): void => showOverlay(name)
  const act = (task: () => void) => () => {
    onClose()
    task()
  }
  return (
    <Group heading={t('palette.actions')}>
      {mayCreate ? (
        <>
          <Item
            id="new chat"
            words={t('palette.newChat')}
            leading={<Icon icon={MessageSquarePlus} />}
            onSelect={() => show('new-chat')}
          >
            {t('palette.newChat')}
          </Item>
          <Item
            id="new group"
            words={t('palette.newGroup')}
            leading={<Icon icon={UsersRound} />}
            onSelect={() => show('new-group')}
          >
            {t('palette.newGroup')}
          </Item>
        </>
      ) : null}
      {(['system', 'light', 'dark'] as const)
        .filter((theme) => theme !== look.theme)
        .map((theme) => (
          <Item
            key={theme}
            id={`theme ${theme}`}
            words={t(`theme.${theme}`)}
            leading={<Icon icon={themeIcons[theme]} />}
            onSelect={act(() => setLook({ theme }))}
          >
            {t(`theme.${theme}`)}
          </Item>
        ))}
      {languages.map((language) => (
        <Item
          key={language.id}
          id={`language ${language.id}`}
          words={`${t('language', { name: language.name })} language 语言`}
          leading={<Icon icon={Languages} />}
          onSelect={act(() => void chooseLanguage(language.id))}
        >
          {t('language', { name: language.name })}
        </Item>
      ))}
      {hasStoredLanguage() ? (
        <Item
          id="language system"
          words={t('languageSystem')}
          leading={<Icon icon={Languages} />}
          onSelect={act(() => void chooseLanguage(null))}
        >
          {t('languageSystem')}
        </Item>
      ) : null}
      <Item
        id="shortcuts"
        words={t('palette.shortcuts')}
        leading={<Icon icon={Keyboard} />}
        onSelect={() => show('shortcuts')}
      >
        {t('palette.shortcuts')}
      </Item>
    </Group>
  )
}

/** Every word must occur; names that begin with the search come first. The ids in the values are not searched. */
function rank(_value: string, search: string, keywords?: string[]): number {
  const words = keywords?.join(' ') ?? ''
  if (!matchesName(words, search)) return 0
  return words.toLowerCase().startsWith(search.toLowerCase()) ? 1 : 0.5
}
