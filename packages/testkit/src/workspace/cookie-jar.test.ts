import { expect, test } from 'vitest'
import { CookieJar } from './cookie-jar.ts'

test('keeps what a reply sets and sends it back', () => {
  const jar = new CookieJar()
  expect(jar.header()).toBeUndefined()
  jar.take(['session=abc; HttpOnly; Path=/; Max-Age=60', 'lang=en'])
  expect(jar.header()).toBe('session=abc; lang=en')
  jar.take(['session=def=='])
  expect(jar.get('session')).toBe('def==')
})

test('drops emptied and expired cookies', () => {
  const jar = new CookieJar()
  jar.take(['a=1', 'b=2', 'c=3', 'd=4'])
  jar.take(['a=; Path=/', 'b=2; Max-Age=0', 'c=3; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])
  expect(jar.header()).toBe('d=4')
})
