import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { updateSettings } from '@parley/protocol/workspace'
import { png, say, startModelServer, type WirePart } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
const PNG = png(2, 1)

describe('WS-1.2#17 upload', () => {
  test('WS-1.2#17 answers the documented URL; the file comes back byte by byte to members only', async () => {
    const reply = await parley().owner.tryUpload('image.png', PNG, 'image/png')
    expect(reply.status).toBe(200)
    const { url } = reply.json as { url: string }
    expect(url).toMatch(/^\/uploads\/\d{4}-\d\d\/image-[A-Za-z0-9_-]+\.png$/)
    const got = await fetch(parley().baseUrl + url, { headers: { cookie: `session=${parley().owner.token}` } })
    expect(got.status).toBe(200)
    expect(got.headers.get('content-type')).toBe('image/png')
    expect(got.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(PNG)
    expect((await parley().stranger().request('GET', url)).status).toBe(401)
  })

  test('WS-1.2#17 an attachment knows its name, type, bytes and size in pixels', async () => {
    const attachment = await parley().owner.upload('图 片 (1).png', PNG, 'image/png')
    expect(attachment).toMatchObject({
      name: '图 片 (1).png',
      mime: 'image/png',
      size: PNG.length,
      width: 2,
      height: 1,
    })
  })

  test.each([
    ['page.html', 'text/html', '<script>alert(1)</script>'],
    ['picture.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['code.js', 'text/javascript', 'alert(1)'],
    ['sheet.css', 'text/css', 'body{}'],
    ['page.xhtml', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['doc.xml', 'text/xml', '<?xml version="1.0"?><x/>'],
    ['fake.png', 'image/png', '<html><script>alert(1)</script></html>'],
    ['app.wasm', 'application/wasm', '\0asm'],
    ['doc.pdf', 'application/pdf', '%PDF-1.4\n'],
  ])('WS-11.1#4 %s can never run on our origin', async (name, mime, text) => {
    const reply = await parley().owner.tryUpload(name, bytes(text), mime)
    if (reply.status !== 200) {
      expect(reply.status).toBe(400)
      return
    }
    const got = await parley().owner.request('GET', (reply.json as { url: string }).url)
    expect(got.status).toBe(200)
    expect(got.headers.get('x-content-type-options')).toBe('nosniff')
    const type = got.headers.get('content-type') ?? ''
    const disposition = got.headers.get('content-disposition') ?? ''
    const policy = got.headers.get('content-security-policy') ?? ''
    expect(disposition).toMatch(/^attachment/)
    expect(/html|svg|xml|javascript/.test(type) && !/sandbox/.test(policy)).toBe(false)
    expect(policy).toMatch(/default-src 'none'|sandbox/)
  })

  test.each([
    '../../../etc/passwd.png',
    '..\\..\\windows\\x.png',
    '/etc/passwd.png',
    'a/b/c.png',
    'nul\u0000byte.png',
    '.htaccess',
    `${'long'.repeat(100)}.png`,
    'CON.png',
    'line\nbreak.png',
    '%2e%2e%2fx.png',
  ])('WS-11.1#7 the name %j stays inside the upload folder', async (name) => {
    const reply = await parley().owner.tryUpload(name, PNG, 'image/png')
    if (reply.status === 200) {
      const { url } = reply.json as { url: string }
      expect(url).toMatch(/^\/uploads\/\d{4}-\d\d\/[\p{L}\p{N}_.%-]+\.png$/u)
      expect(decodeURIComponent(url)).not.toContain('..')
      expect((await parley().owner.request('GET', url)).status).toBe(200)
    } else expect(reply.status).toBe(400)
    const root = await readdir(parley().dataDirectory)
    expect(root).not.toContain('passwd.png')
  })

  test.each([
    '/uploads/../parley.db',
    '/uploads/%2e%2e/parley.db',
    '/uploads/..%2fparley.db',
    '/uploads/..%5cparley.db',
    '/uploads/%252e%252e/parley.db',
    '/uploads//etc/passwd',
    '/uploads/2026-01/none-x.png',
    '/uploads/',
    '/uploads/\u0000',
  ])('WS-11.1#7 GET %j finds nothing', async (path) => {
    const url = new URL(parley().baseUrl)
    const raw = await rawGet(Number(url.port), path.replace('\u0000', '%00'), parley().owner.token ?? '')
    expect(raw).toMatch(/^HTTP\/1\.1 (400|404)/)
    expect(raw).not.toContain('SQLite format')
  })

  test('WS-1.3 without a file, with two, or with a text field instead: 400', async () => {
    const send = (build: (form: FormData) => void): Promise<{ status: number }> => {
      const form = new FormData()
      build(form)
      return parley().owner.request('POST', '/api/upload', { rawBody: form })
    }
    expect((await send(() => {})).status).toBe(400)
    expect((await send((form) => form.set('file', 'text'))).status).toBe(400)
    expect((await send((form) => form.set('other', new File([PNG], 'x.png')))).status).toBe(400)
    expect((await parley().owner.request('POST', '/api/upload', { body: { file: 'x' } })).status).toBe(400)
    expect((await parley().owner.tryUpload('empty.png', new Uint8Array(), 'image/png')).status).toBe(400)
  })

  test('WS-1.3 a file beyond the limit answers 413 and leaves nothing behind', async () => {
    const before = await filesBelow(join(parley().dataDirectory, 'uploads'))
    const reply = await parley()
      .owner.tryUpload('big.bin', new Uint8Array(60_000_000), 'application/octet-stream')
      .catch(() => undefined)
    if (reply !== undefined) expect(reply.status).toBe(413)
    expect(await filesBelow(join(parley().dataDirectory, 'uploads'))).toEqual(before)
    expect((await parley().owner.request('GET', '/api/me')).status).toBe(200)
  })

  test('WS-11.1#6 a picture that decodes to gigapixels is refused or stored without being decoded', async () => {
    // The header says 50 000 × 50 000; there is no such data behind it.
    const bomb = new Uint8Array(PNG)
    new DataView(bomb.buffer).setUint32(16, 50_000)
    new DataView(bomb.buffer).setUint32(20, 50_000)
    const reply = await parley().owner.tryUpload('bomb.png', bomb, 'image/png')
    expect([200, 400]).toContain(reply.status)
    expect((await parley().owner.request('GET', '/api/me')).status).toBe(200)
  })
})

describe('attachments', () => {
  test('WS-4#40 a message carries its files; a file alone needs no text', async () => {
    const group = await parley().owner.group()
    const { url } = await parley().owner.upload('a.png', PNG, 'image/png')
    await parley().owner.say(group.id, '', { type: 'image', attachments: [url] })
    const [message] = (await parley().owner.page(group.id)).messages
    expect(message).toMatchObject({
      type: 'image',
      content: '',
      metadata: { attachments: [{ url, mime: 'image/png', width: 2 }] },
    })
  })

  test('WS-11.1#7 only files of this server can be attached, and only by URL', async () => {
    const group = await parley().owner.group()
    for (const url of [
      '/uploads/2026-01/none-x.png',
      'https://evil.example/x.png',
      '/etc/passwd',
      '../parley.db',
      '/uploads/../parley.db',
    ]) {
      const reply = await parley().owner.request('POST', '/api/messages', {
        body: { channelId: group.id, content: 'x', attachments: [url] },
      })
      expect([400, 404], url).toContain(reply.status)
    }
    expect((await parley().owner.page(group.id)).messages).toEqual([])
  })

  test('WS-4#41 an image reaches a model that sees, as data, and only as a note one that does not', async () => {
    await using model = await startModelServer({ models: [{ id: 'eyes', vision: true }, { id: 'blind' }] })
    await parley().owner.call(updateSettings, {
      body: {
        providers: [
          {
            id: 'v',
            kind: 'openai-compatible',
            name: 'V',
            baseUrl: `${model.url}/v1`,
            models: [
              { name: 'eyes', vision: true },
              { name: 'blind', vision: false },
            ],
          },
        ],
      },
    })
    const { url } = await parley().owner.upload('photo.png', PNG, 'image/png')
    for (const [name, sees] of [
      ['eyes', true],
      ['blind', false],
    ] as const) {
      model.reply(say('ok'))
      const agent = await parley().cast.agent(parley().cast.name('Viewer'), { model: `v/${name}` })
      const dm = await parley().owner.dm({ agentId: agent.id })
      const socket = await parley().owner.listen(dm.id)
      const { id } = await parley().owner.say(dm.id, 'what is this?', { attachments: [url] })
      await socket.answersTo(id)
      const content =
        model.completions
          .at(-1)
          ?.chat.messages.flatMap((message) =>
            Array.isArray(message.content) ? (message.content as WirePart[]) : [],
          ) ?? []
      const images = content.filter((part) => part.type === 'image_url')
      expect(images.length).toBe(sees ? 1 : 0)
      if (sees) expect(images[0]?.image_url?.url).toMatch(/^data:image\/(png|jpeg);base64,/)
      else expect(JSON.stringify(model.completions.at(-1)?.chat.messages)).toContain('photo.png')
      await socket.close()
    }
  })
})

describe('RT-8#47 formats', () => {
  const pictures = {
    webp: 'UklGRjoAAABXRUJQVlA4IC4AAACwAQCdASoEAAMAAUAmJaACdLoABDAAAP7x3I/4DdfFtMv/vYL/3YL/3YL/WwAA',
    gif: 'R0lGODlhBAADAIAAAExpccgeHiH5BAUAAAAALAAAAAAEAAMAAAIDjI9WADs=',
  }
  test.each(['webp', 'gif'] as const)('RT-8#47 a %s picture reaches the model as PNG or JPEG', async (format) => {
    const bytes = new Uint8Array(Buffer.from(pictures[format], 'base64'))
    const { url } = await parley().owner.upload(`photo.${format}`, bytes, `image/${format}`)
    await using model = await startModelServer()
    const provider = { id: 'f', kind: 'openai-compatible', name: 'F', baseUrl: `${model.url}/v1` } as const
    await parley().owner.call(updateSettings, {
      body: { providers: [{ ...provider, models: [{ name: 'eyes', vision: true }] }] },
    })
    model.rule(() => say('seen'))
    const agent = await parley().cast.agent(parley().cast.name('Viewer'), { model: 'f/eyes' })
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    await socket.answersTo((await parley().owner.say(dm.id, 'look', { attachments: [url] })).id)
    expect(JSON.stringify(model.completions[0]?.chat.messages)).toMatch(/data:image\/(png|jpeg);base64,/)
    await socket.close()
  })
})

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

/** A request whose path no client library has tidied up. */
async function rawGet(port: number, path: string, token: string): Promise<string> {
  const { connect } = await import('node:net')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: session=${token}\r\nConnection: close\r\n\r\n`,
      )
    })
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}
