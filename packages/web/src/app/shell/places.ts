import { Bot, type LucideIcon, MessagesSquare, Settings2, UsersRound } from 'lucide-react'

/** The places of rail and tab bar, in their order. */
export const places = [
  { key: 'chats', to: '/chats', icon: MessagesSquare },
  { key: 'people', to: '/people', icon: UsersRound },
  { key: 'agents', to: '/agents', icon: Bot },
  { key: 'settings', to: '/settings', icon: Settings2 },
] as const satisfies readonly { key: string; to: string; icon: LucideIcon }[]
