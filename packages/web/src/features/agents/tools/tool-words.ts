import {
  AppWindow,
  BookOpenText,
  Brain,
  Clock,
  Globe,
  type LucideIcon,
  Search,
  SquareTerminal,
  UsersRound,
  Wrench,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

export interface ToolWords {
  readonly icon: LucideIcon
  readonly name: string
  readonly description: string
}

/** Name, description and icon of a tool in the interface language; unknown tools speak for themselves. */
export function useToolWords(): (tool: { readonly name: string; readonly description: string }) => ToolWords {
  const { t } = useTranslation('agents')
  return (tool) => {
    switch (tool.name) {
      case 'current_time':
        return { icon: Clock, name: t('tool.current_time.name'), description: t('tool.current_time.description') }
      case 'fetch_page':
        return { icon: Globe, name: t('tool.fetch_page.name'), description: t('tool.fetch_page.description') }
      case 'call_agent':
        return { icon: UsersRound, name: t('tool.call_agent.name'), description: t('tool.call_agent.description') }
      case 'web_search':
        return { icon: Search, name: t('tool.web_search.name'), description: t('tool.web_search.description') }
      case 'rag_query':
        return { icon: BookOpenText, name: t('tool.rag_query.name'), description: t('tool.rag_query.description') }
      case 'memory_write':
        return { icon: Brain, name: t('tool.memory_write.name'), description: t('tool.memory_write.description') }
      case 'memory_search':
        return { icon: Brain, name: t('tool.memory_search.name'), description: t('tool.memory_search.description') }
      default:
        return { icon: iconOf(tool.name), name: tool.name, description: tool.description }
    }
  }
}

function iconOf(name: string): LucideIcon {
  if (name.startsWith('mcp')) return AppWindow
  return /exec|shell|run|code/.test(name) ? SquareTerminal : Wrench
}
