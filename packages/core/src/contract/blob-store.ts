import { describe, expect, test } from 'vitest'
import type { BlobStore, ByteRange } from '../ports/index.ts'
import { codeOf } from './rejection.ts'

export interface BlobStoreFixture extends AsyncDisposable {
  readonly blobs: BlobStore
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The suite each blob store passes. */
export function describeBlobStoreContract(name: string, create: () => Promise<BlobStoreFixture>): void {
  describe(`${name}: blobs`, () => {
    test('BLOB-1 what was put is read back byte for byte', async () => {
      await using fixture = await create()
      const all = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
      await fixture.blobs.put('2026-03/image-x1y2.png', all)
      await fixture.blobs.put('2026-03/空 名.txt', bytes(''))
      expect(Array.from((await fixture.blobs.read('2026-03/image-x1y2.png')) ?? [])).toEqual(Array.from(all))
      expect(await fixture.blobs.read('2026-03/空 名.txt')).toHaveLength(0)
    })

    test('BLOB-2 a path is put once; the first content stays', async () => {
      await using fixture = await create()
      const puts = ['one', 'two', 'three'].map((text) => codeOf(fixture.blobs.put('a/b.txt', bytes(text))))
      expect((await Promise.all(puts)).toSorted()).toEqual(['blob_exists', 'blob_exists', 'stored'])
      const kept = await fixture.blobs.read('a/b.txt')
      expect(await codeOf(fixture.blobs.put('a/b.txt', bytes('later')))).toBe('blob_exists')
      expect(await fixture.blobs.read('a/b.txt')).toEqual(kept)
    })

    test('BLOB-3 what is not there reads as undefined, and may be removed', async () => {
      await using fixture = await create()
      expect(await fixture.blobs.read('a/none.txt')).toBeUndefined()
      await fixture.blobs.put('a/b.txt', bytes('x'))
      expect(await fixture.blobs.read('a')).toBeUndefined()
      expect(await fixture.blobs.read('a/b.txt/c')).toBeUndefined()
      await fixture.blobs.remove('a/b.txt')
      await fixture.blobs.remove('a/b.txt')
      expect(await fixture.blobs.read('a/b.txt')).toBeUndefined()
      await fixture.blobs.put('a/b.txt', bytes('again'))
      expect(await fixture.blobs.read('a/b.txt')).toHaveLength(5)
    })

    test('BLOB-5 a blob is streamed whole or in part, to its end or until it is cancelled', async () => {
      await using fixture = await create()
      const all = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256)
      await fixture.blobs.put('a/large.bin', all)
      const collect = async (range?: ByteRange): Promise<Uint8Array> => {
        const stream = await fixture.blobs.open('a/large.bin', range)
        return new Uint8Array(await new Response(stream).arrayBuffer())
      }
      expect(Array.from(await collect())).toEqual(Array.from(all))
      expect(Array.from(await collect({ start: 65_530, end: 65_540 }))).toEqual(Array.from(all.slice(65_530, 65_541)))
      await (await fixture.blobs.open('a/large.bin'))?.cancel()
      expect(await fixture.blobs.open('a/none.bin')).toBeUndefined()
      expect(await fixture.blobs.open('a')).toBeUndefined()
      expect(await codeOf(fixture.blobs.open('../escape'))).toBe('blob_path_invalid')
    })

    const outside = [
      '',
      '.',
      '..',
      '../escape',
      'a/../../escape',
      'a/..',
      '/etc/passwd',
      'a//b',
      'a/',
      './a',
      '.hidden',
      'a/.hidden',
      'a\\..\\b',
      'C:/windows',
      'a\0b',
      'a\nb',
      'a/..%2f'.replace('%2f', '/'),
      `a/${'x'.repeat(300)}`,
      `${'a/'.repeat(400)}b`,
    ]
    test.each(outside)('BLOB-4 no path leaves the store or hides in it: %j', async (path) => {
      await using fixture = await create()
      expect(await codeOf(fixture.blobs.put(path, bytes('x')))).toBe('blob_path_invalid')
      expect(await codeOf(fixture.blobs.read(path))).toBe('blob_path_invalid')
      expect(await codeOf(fixture.blobs.remove(path))).toBe('blob_path_invalid')
    })
  })
}
