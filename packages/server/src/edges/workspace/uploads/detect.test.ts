import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { detectFile } from './detect.ts'

const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif') =>
  sharp({ create: { width: 6, height: 4, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()
const bytes = (text: string) => new TextEncoder().encode(text)

describe('what a file is', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    '%s: an image with its size, whatever it is called',
    async (format) => {
      expect(await detectFile(await picture(format), 'invoice.html')).toEqual({
        mime: `image/${format}`,
        extension: format === 'jpeg' ? 'jpg' : format,
        width: 6,
        height: 4,
      })
    },
  )

  test('a picture turned by its camera has the size it is shown with', async () => {
    const turned = await sharp(await picture('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect(await detectFile(turned, 'a.jpg')).toMatchObject({ width: 4, height: 6 })
  })

  test('a broken image is no image', async () => {
    const broken = (await picture('png')).subarray(0, 20)
    expect(await detectFile(broken, 'a.png')).toEqual({ mime: 'application/octet-stream', extension: 'bin' })
  })

  test.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg', 'image/svg+xml', 'svg'],
    ['<?xml version="1.0"?><svg/>', 'a.svg', 'image/svg+xml', 'svg'],
    ['<html><script>alert(1)</script>', 'a.html', 'text/html', 'html'],
    ['<html>', 'a.png', 'text/plain', 'txt'],
    ['# Title', 'notes.md', 'text/markdown', 'md'],
    ['a,b\n1,2', 'TABLE.CSV', 'text/csv', 'csv'],
    ['你好', 'no-extension', 'text/plain', 'txt'],
    ['x', 'a.constructor', 'text/plain', 'txt'],
    ['%PDF-1.7\n%âãÏÓ\n', 'a.txt', 'application/pdf', 'pdf'],
  ])('%j called %s is %s', async (text, name, mime, extension) => {
    expect(await detectFile(bytes(text), name)).toEqual({ mime, extension })
  })

  test('bytes that are neither known nor text are just bytes', async () => {
    expect(await detectFile(new Uint8Array([1, 0, 2, 3]), 'a.txt')).toMatchObject({ mime: 'application/octet-stream' })
    expect(await detectFile(new Uint8Array([0xff, 0xfe, 0xff]), 'a.md')).toMatchObject({ extension: 'bin' })
  })
})
