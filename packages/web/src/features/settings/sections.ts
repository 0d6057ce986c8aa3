/** The sections of the settings, in their order. The id is the last part of the path, `settings:sections.<id>` its name. */

import type { Role } from '@parley/protocol/workspace'
import { Bell, Boxes, Info, type LucideIcon, MonitorSmartphone, Palette } from 'lucide-react'

export interface SettingsSection {
  readonly id: 'models' | 'appearance' | 'notifications' | 'sessions' | 'about'
  readonly icon: LucideIcon
  /** The least role that has a use for it. */
  readonly role: Role
}

export const settingsSections: readonly SettingsSection[] = [
  { id: 'models', icon: Boxes, role: 'member' },
  { id: 'appearance', icon: Palette, role: 'guest' },
  { id: 'notifications', icon: Bell, role: 'guest' },
  { id: 'sessions', icon: MonitorSmartphone, role: 'guest' },
  { id: 'about', icon: Info, role: 'guest' },
]
