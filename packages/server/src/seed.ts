/** What a new installation begins with: the built-in agents, and one group with all of them and the owner. */
import type { Seed } from '@parley/core'
import type { BuiltinAgent } from '@parley/runtime'

/** Names are stored in this language, the other one as an alias; the app shows the reader's own. */
const LANGUAGE = 'zh-CN'
const OTHER_LANGUAGE = 'en'

/** The seed for `seedWorkspace`; the first agent leads the group. */
export function seedOf(agents: readonly BuiltinAgent[], ownerId: string, personas: 'zh-CN' | 'en'): Seed {
  return {
    ownerId,
    group: { name: '大厅 Lobby', avatar: '💬', leaderAgentId: agents[0]?.id ?? null },
    agents: agents.map(({ id, avatar, tools, localized, soul }) => ({
      id,
      avatar,
      tools,
      localized,
      name: localized[LANGUAGE].name,
      description: localized[LANGUAGE].description,
      aliases: [localized[OTHER_LANGUAGE].name],
      soul: soul[personas],
    })),
  }
}
