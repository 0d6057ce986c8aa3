import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'
import type { Caller } from '../identity/caller.ts'
import { displayNameOf, newUploadPath, uploadPathOf } from './upload-path.ts'

const bytes = new Uint8Array([1, 2, 3])

describe('Uploads', () => {
  let workspace: Workspace
  let ann: Caller
  beforeEach(async () => {
    workspace = await createWorkspace()
    ann = await workspace.person('Ann')
  })

  it('stores bytes and record and finds both again', async () => {
    const saved = await workspace.uploads.save(ann, {
      name: 'C:\\Temp\\Überraschung 图片.PNG',
      bytes,
      mime: 'image/png',
      extension: 'png',
      width: 4,
      height: 3,
    })
    expect(saved).toEqual({
      url: expect.stringMatching(/^\/uploads\/2026-03\/Uberraschung-[0-9a-z]{16}\.png$/),
      name: 'Überraschung 图片.PNG',
      mime: 'image/png',
      size: 3,
      width: 4,
      height: 3,
    })
    expect((await workspace.uploads.read(saved.url))?.bytes).toEqual(bytes)
    const found = await workspace.uploads.find(saved.url.replace('/uploads/', ''))
    expect(found).toMatchObject({ createdBy: ann.userId, name: 'Überraschung 图片.PNG' })
  })

  it('refuses guests and empty files', async () => {
    const gus = await workspace.person('Gus', 'guest')
    const input = { name: 'a', bytes, mime: 'text/plain', extension: 'txt' }
    await expect(workspace.uploads.save(gus, input)).rejects.toMatchObject({ code: 'forbidden' })
    const empty = workspace.uploads.save(ann, { ...input, bytes: new Uint8Array() })
    await expect(empty).rejects.toMatchObject({ code: 'invalid_upload' })
    expect(workspace.files.blobs.size).toBe(0)
  })

  it('leaves no bytes behind when the record could not be stored', async () => {
    await workspace.store[Symbol.asyncDispose]()
    const failed = workspace.uploads.save(ann, { name: 'a', bytes, mime: 'text/plain', extension: 'txt' })
    await expect(failed).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(workspace.files.blobs.size).toBe(0)
  })

  it.each([
    '',
    '/uploads/',
    '/uploads/../parley.db',
    '/uploads/2026-03/../../x.png',
    'https://x/uploads/2026-03/a.png',
  ])('finds nothing at %j', async (url) => {
    expect(await workspace.uploads.find(url)).toBeUndefined()
    expect(await workspace.uploads.read(url)).toBeUndefined()
  })
})

describe('upload paths', () => {
  it('are plain and lead back to themselves, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 12 }), (name, extension) => {
        const path = newUploadPath(name, extension, Date.UTC(2026, 2, 1))
        expect(path).toMatch(/^2026-03\/[A-Za-z0-9-]+\.[a-z0-9]{1,10}$/)
        expect(uploadPathOf(`/uploads/${path}`)).toBe(path)
      }),
    )
  })

  it('names shown to people have no folders, no control characters and an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
        const shown = displayNameOf(name)
        expect(shown).not.toMatch(/[/\\\p{Cc}]/u)
        expect(shown.length).toBeGreaterThan(0)
        expect(shown.length).toBeLessThanOrEqual(200)
      }),
    )
    expect(displayNameOf(`${'x'.repeat(300)}.pdf`)).toMatch(/x\.pdf$/)
    expect(displayNameOf('a\u202Egnp.exe')).toBe('agnp.exe')
  })
})
