/** Starting points for a new agent: texts a person makes their own. */
export interface AgentTemplate {
  readonly id: 'product' | 'reviewer' | 'analyst' | 'tutor' | 'minutes' | 'support'
  readonly avatar: string
  readonly name: string
  readonly description: string
  /** Text of SOUL.md. */
  readonly soul: string
  /** Tools that help it; granted only where the server has them. */
  readonly tools: readonly string[]
}

/** The templates in the interface language. */
export async function loadTemplates(language: string): Promise<readonly AgentTemplate[]> {
  return language.startsWith('zh') ? (await import('./zh-cn.ts')).default : (await import('./en.ts')).default
}
