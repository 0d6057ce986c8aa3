import {
  BookOpen,
  Brain,
  Calculator,
  CalendarClock,
  Clock,
  Code,
  FileText,
  Globe,
  type LucideIcon,
  MessagesSquare,
  Search,
  Wrench,
} from 'lucide-react'

const icons: readonly (readonly [pattern: RegExp, icon: LucideIcon])[] = [
  [/web|fetch|url|http|browse/i, Globe],
  [/memory|remember/i, Brain],
  [/rag|knowledge|docs?_/i, BookOpen],
  [/schedule|cron|task/i, CalendarClock],
  [/time|date|clock/i, Clock],
  [/calc|math/i, Calculator],
  [/channel|message|chat/i, MessagesSquare],
  [/file|read|write/i, FileText],
  [/search|find|query/i, Search],
  [/code|exec|run|shell/i, Code],
]

export function toolIcon(toolName: string): LucideIcon {
  return icons.find(([pattern]) => pattern.test(toolName))?.[1] ?? Wrench
}

/** `web_search` as `Web search`: names of tools are the same in every language, only easier to read. */
export function toolLabel(toolName: string): string {
  const words = toolName.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The argument that says most about a call, on one line. */
export function shortArgument(args: Readonly<Record<string, unknown>>): string {
  const values = Object.values(args)
  const value = values.find((candidate) => typeof candidate === 'string' && candidate !== '') ?? values[0]
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replace(/\s+/g, ' ').slice(0, 160)
}
