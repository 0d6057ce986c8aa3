import { silentLogger } from '@parley/base'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { closeNames } from '../agent/tool-names.ts'
import { parseModelId } from '../models/model-id.ts'
import { Slots } from '../models/slots.ts'
import { traitsOf } from '../models/traits.ts'
import { provider } from '../testing/harness.ts'
import { createBuiltinTools } from './builtin/index.ts'
import { createToolRegistry, offer } from './registry.ts'
import { defineTool, type ToolContext } from './tool.ts'

const tools = createBuiltinTools({ timeZone: 'Europe/Berlin' })
const registry = createToolRegistry(tools)
const at = (now: number): ToolContext => ({ clock: { now: () => now }, logger: silentLogger }) as unknown as ToolContext

describe('current_time', () => {
  const time = (args: object, now = Date.UTC(2026, 10, 20, 23, 5, 9)) =>
    registry.get('current_time')!.handler(args as never, at(now))

  test('tells date, time, weekday and offset, in the default or the wanted zone', async () => {
    expect(await time({})).toBe('2026-11-21 00:05:09, Saturday, Europe/Berlin (UTC+01:00)')
    expect(await time({ timeZone: 'Asia/Shanghai' })).toBe('2026-11-21 07:05:09, Saturday, Asia/Shanghai (UTC+08:00)')
    expect(await time({ timeZone: 'UTC' })).toContain('2026-11-20 23:05:09, Friday, UTC')
  })

  test('refuses what is no zone', async () => {
    await expect(time({ timeZone: 'Mars/Crater' })).rejects.toMatchObject({ code: 'tool_refused' })
  })
})

describe('registry', () => {
  test('tools are offered as JSON Schema objects that need no id from the model', () => {
    for (const tool of tools) {
      const { parameters, description } = offer(tool)
      expect(parameters).toMatchObject({ type: 'object' })
      expect(parameters).not.toHaveProperty('$schema')
      expect(description.length).toBeGreaterThan(20)
      expect(JSON.stringify(parameters)).not.toMatch(/conversation_?id|chat_?id|session/i)
    }
    expect(offer(registry.get('current_time')!).parameters.required ?? []).toEqual([])
  })

  test('impossible and doubled names are refused at once', () => {
    const make = (name: string) => defineTool({ name, description: '', schema: z.object({}), handler: async () => '' })
    expect(() => make('no spaces')).toThrow(TypeError)
    expect(() => createToolRegistry([make('a'), make('a')])).toThrow('two tools named "a"')
  })

  test('close names', () => {
    const names = ['current_time', 'fetch_page', 'call_agent']
    expect(closeNames('getCurrentTime', names)[0]).toBe('current_time')
    expect(closeNames('functions.fetch-page', names)[0]).toBe('fetch_page')
    expect(closeNames('web_search', names)).toEqual(names)
    expect(closeNames('x', [])).toEqual([])
  })
})

describe('models by name', () => {
  test('everything after the first slash is the provider’s name', () => {
    expect(parseModelId('openrouter/vendor/model:free')).toEqual({ provider: 'openrouter', name: 'vendor/model:free' })
    expect(parseModelId('gpt-4o')).toBeUndefined()
    expect(parseModelId('/x')).toBeUndefined()
    expect(parseModelId('x/')).toBeUndefined()
  })

  test('traits: the record first, then the name, else unknown and careful', () => {
    const local = provider('http://x', { models: [{ name: 'm', vision: true, contextWindow: 4096 }] })
    expect(traitsOf(local, 'm')).toMatchObject({ vision: true, contextWindow: 4096 })
    expect(traitsOf(local, 'qwen2.5-vl-7b')).toMatchObject({ vision: true, contextWindow: 8192 })
    expect(traitsOf(local, 'openai/gpt-4o-mini')).toMatchObject({ vision: true, contextWindow: 128_000 })
    expect(traitsOf(local, 'deepseek-chat')).toMatchObject({ vision: false })
    expect(traitsOf(local, 'mystery')).toMatchObject({ vision: undefined, contextWindow: 8192 })
    expect(traitsOf(provider('', { kind: 'anthropic' }), 'claude-sonnet-4-5')).toMatchObject({
      vision: true,
      contextWindow: 200_000,
    })
  })
})

test('slots: those who wait are served in order, those who leave take no slot with them', async () => {
  const slots = new Slots(1)
  const never = new AbortController().signal
  const leaving = new AbortController()
  const order: string[] = []
  const release = await slots.acquire(never)
  const second = slots.acquire(leaving.signal)
  const third = slots.acquire(never).then((free) => {
    order.push('third')
    return free
  })
  leaving.abort('gone')
  await expect(second).rejects.toBe('gone')
  expect(order).toEqual([])
  release()
  release()
  const freeThird = await third
  let fourth = false
  const waiting = slots.acquire(never).then((free) => {
    fourth = true
    return free
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(fourth).toBe(false)
  freeThird()
  ;(await waiting)()
})
