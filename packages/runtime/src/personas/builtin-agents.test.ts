import { expect, test } from 'vitest'
import { createBuiltinTools } from '../tools/builtin/index.ts'
import { builtinAgents } from './builtin-agents.ts'

test('five agents with distinct ids and names, and only tools that exist', () => {
  expect(builtinAgents.map((agent) => agent.id)).toEqual([
    'agent_butler',
    'agent_novelist',
    'agent_editor',
    'agent_translator',
    'agent_coder',
  ])
  const tools = createBuiltinTools().map((tool) => tool.name)
  for (const agent of builtinAgents) expect(tools).toEqual(expect.arrayContaining([...agent.tools]))
  const names = builtinAgents.flatMap((agent) => Object.values(agent.localized).map((entry) => entry.name))
  expect(new Set(names).size).toBe(names.length)
  // Names are used in mentions, and the wire limits them.
  for (const name of names) expect(name).toMatch(/^[^@\r\n]{1,48}$/)
})

test.each(
  builtinAgents.flatMap((agent) => Object.entries(agent.soul).map(([language, soul]) => [agent.id, language, soul])),
)('%s (%s) has all sections and a sensible length', (_id, language, soul) => {
  const sections =
    language === 'en'
      ? ['# ', '## Role', '## Strengths', '## Principles', '## Output format', '## Never']
      : ['# ', '## 角色', '## 擅长', '## 原则', '## 输出格式', '## 绝不']
  for (const section of sections) expect(soul).toContain(section)
  const lines = (soul as string).trimEnd().split('\n').length
  expect(lines).toBeGreaterThanOrEqual(40)
  expect(lines).toBeLessThanOrEqual(80)
})
