/** What of a conversation really reaches a model server. */
import { failures, say, startModelServer, textOf, type WireMessage } from '@parley/testkit/model-server'
import { describe, expect, test } from 'vitest'
import { harness, provider } from '../../testing/harness.ts'
import { agentMember, agentProfile, file, person, SeatDouble, said } from '../../testing/seat-double.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const WEBP = new Uint8Array([...Buffer.from('RIFF'), 0, 0, 0, 0, ...Buffer.from('WEBP')])

const urls = (message: WireMessage | undefined): string[] =>
  Array.isArray(message?.content) ? message.content.flatMap((part) => part.image_url?.url ?? []) : []

function withImages(): SeatDouble {
  return new SeatDouble({
    messages: [
      said('user_1', 'What is on these?', {
        files: [
          file('a.png', 'image/png'),
          file('b.jpg', 'image/jpeg'),
          file('c.webp', 'image/webp'),
          file('d.png', 'image/png'),
        ],
      }),
    ],
    files: new Map([
      ['a.png', PNG],
      ['b.jpg', JPEG],
      ['c.webp', WEBP],
      ['d.png', new TextEncoder().encode('<svg>not a png</svg>')],
    ]),
  })
}

describe('images', () => {
  test('a vision model gets PNG and JPEG as data URLs; other types are refused by their bytes', async () => {
    await using server = await startModelServer()
    await using host = harness({
      providers: [provider(server.url, { models: [{ name: 'test-model', vision: true }] })],
    })
    await host.answer(withImages())
    const message = server.completions[0]!.chat.messages[1]
    expect(urls(message)).toEqual([
      `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`,
      `data:image/jpeg;base64,${Buffer.from(JPEG).toString('base64')}`,
    ])
    expect(textOf(message)).toContain('2 images that you cannot see')
    expect(textOf(message)).toContain('(attached image: c.webp')
  })

  test('a text-only model gets names only, and no file is read', async () => {
    await using server = await startModelServer()
    await using host = harness({
      providers: [provider(server.url, { models: [{ name: 'test-model', vision: false }] })],
    })
    const seat = withImages()
    const read: string[] = []
    seat.readFile = async (ref) => {
      read.push(ref)
      return PNG
    }
    await host.answer(seat)
    expect(urls(server.completions[0]!.chat.messages[1])).toEqual([])
    expect(textOf(server.completions[0]!.chat.messages[1])).toContain('4 images that you cannot see')
    expect(read).toEqual([])
  })

  test('a model that refuses images is asked once more without them', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(failures.imagesRefused(), say('I see nothing.'))
    expect(await host.answer(withImages())).toMatchObject({ status: 'done', text: 'I see nothing.' })
    expect(urls(server.completions[0]!.chat.messages[1])).toHaveLength(2)
    expect(urls(server.completions[1]!.chat.messages[1])).toEqual([])
  })

  test('only the newest images travel; missing and unreadable ones cost nothing', async () => {
    await using server = await startModelServer()
    await using host = harness({
      providers: [provider(server.url, { models: [{ name: 'test-model', vision: true }] })],
    })
    const messages = Array.from({ length: 9 }, (_, n) =>
      said('user_1', `n${n}`, { files: [file(`f${n}`, 'image/png')] }),
    )
    const seat = new SeatDouble({ messages, files: new Map(messages.map((_, n) => [`f${n}`, PNG])) })
    seat.files.delete('f8')
    const read = seat.readFile.bind(seat)
    seat.readFile = async (ref) => {
      if (ref === 'f7') throw new Error('disk')
      return read(ref)
    }
    expect(await host.answer(seat)).toMatchObject({ status: 'done' })
    expect(urls(server.completions[0]!.chat.messages[1])).toHaveLength(4)
  })
})

describe('conversations', () => {
  test('a group on the wire: one system message, labelled speakers, own words as assistant, the rest merged', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const question = said('user_2', '@管家 and now?', { author: { id: 'user_2', kind: 'person', name: 'Bob' } })
    const seat = new SeatDouble({
      agents: [agentProfile('agent_a', { name: '管家', soul: 'I am the butler.' })],
      conversation: {
        kind: 'group',
        members: [
          person('user_1', 'Ann'),
          person('user_2', 'Bob'),
          agentMember('agent_a', '管家'),
          agentMember('agent_b', '编辑'),
        ],
      },
      messages: [
        said('user_1', 'draft?'),
        said('agent_b', 'Here is the draft.'),
        said('agent_a', 'Thanks.'),
        question,
        said('user_1', 'lunch'),
      ],
    })
    await host.answer(seat, { triggerId: question.id, asker: { id: 'user_2', role: 'member' } })
    const { messages } = server.completions[0]!.chat
    expect(messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(textOf(messages[0])).toMatch(
      /^I am the butler\.[\s\S]*Bob \(id user_2\), person, member; you answer on this person/,
    )
    expect(textOf(messages[1])).toBe('[1 · user_1] draft?\n\n[b · agent_b] Here is the draft.')
    expect(textOf(messages[2])).toBe('Thanks.')
    expect(textOf(messages[3])).toBe(
      '[Bob · user_2] @管家 and now?\n\n[1 · user_1] lunch\n\n(Answer this message of Bob: “@管家 and now?”)',
    )
  })

  test('text files are read, others only named', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const seat = new SeatDouble({
      messages: [
        said('user_1', 'Summarise', { files: [file('n.md', 'text/markdown'), file('x.zip', 'application/zip')] }),
      ],
      files: new Map([
        ['n.md', new TextEncoder().encode('# Notes\nThe moon is near.')],
        ['x.zip', new Uint8Array([1, 2])],
      ]),
    })
    await host.answer(seat)
    const text = textOf(server.completions[0]!.chat.messages[1])
    expect(text).toContain('The moon is near.')
    expect(text).toContain('(attached file: x.zip, application/zip, 100 bytes)')
  })
})
