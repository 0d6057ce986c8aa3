import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { createSecretBox } from './index.ts'

const unreadable = expect.objectContaining({ code: 'secret_unreadable' })

test('any text that was sealed is opened again, also after a restart', async () => {
  await using folder = await TemporaryFolder.create()
  const keyFile = folder.file('data', 'secret.key')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      const sealed = createSecretBox(keyFile).seal(plain)
      expect(createSecretBox(keyFile).open(sealed)).toBe(plain)
    }),
  )
})

test('the key is made at the first seal, for its owner only, and never replaced', async () => {
  await using folder = await TemporaryFolder.create()
  const keyFile = folder.file('secret.key')
  const box = createSecretBox(keyFile)
  expect(() => box.open('v1.AAAA')).toThrow(unreadable)
  expect(existsSync(keyFile)).toBe(false)
  box.seal('x')
  expect((statSync(keyFile).mode & 0o777).toString(8)).toBe('600')
  const key = readFileSync(keyFile, 'utf8')
  createSecretBox(keyFile).seal('y')
  expect(readFileSync(keyFile, 'utf8')).toBe(key)
  expect(readdirSync(folder.path)).toEqual(['secret.key'])
})

test('a sealed text hides its content and differs each time', async () => {
  await using folder = await TemporaryFolder.create()
  const box = createSecretBox(folder.file('secret.key'))
  const [a, b] = [box.seal('sk-12345'), box.seal('sk-12345')]
  expect(a).not.toBe(b)
  expect(Buffer.from(a.slice(3), 'base64url').toString('latin1')).not.toContain('sk-12345')
})

test('another key, or one changed bit, opens nothing', async () => {
  await using folder = await TemporaryFolder.create()
  const box = createSecretBox(folder.file('secret.key'))
  const sealed = box.seal('sk-12345')
  const other = createSecretBox(folder.file('other.key'))
  other.seal('x')
  expect(() => other.open(sealed)).toThrow(unreadable)
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(() => box.open(`v1.${changed.toString('base64url')}`)).toThrow(unreadable)
  }
  for (const text of ['', 'v1.', 'v2.AAAA', 'sk-12345', sealed.slice(3)]) {
    expect(() => box.open(text)).toThrow(unreadable)
  }
})

test('a damaged key file is named, and not replaced by a new key', async () => {
  await using folder = await TemporaryFolder.create()
  const keyFile = folder.file('secret.key')
  writeFileSync(keyFile, 'too short')
  chmodSync(keyFile, 0o600)
  const invalid = expect.objectContaining({ code: 'secret_key_invalid', message: expect.stringContaining(keyFile) })
  expect(() => createSecretBox(keyFile).seal('x')).toThrow(invalid)
  expect(() => createSecretBox(keyFile).open('v1.AAAA')).toThrow(invalid)
  expect(readFileSync(keyFile, 'utf8')).toBe('too short')
})
