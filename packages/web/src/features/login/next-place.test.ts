import { describe, expect, test } from 'vitest'
import { nextPlace } from './next-place.ts'

describe('the place after the login', () => {
  test.each([
    ['/chats/ch_1?m=msg_2#x', '/chats/ch_1?m=msg_2#x'],
    ['/settings/models', '/settings/models'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.example', '/'],
    ['//evil.example/a', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?next=/login', '/'],
    ['/\t/evil.example', '/'],
  ])('%s leads to %s', (next, place) => {
    expect(nextPlace(next)).toBe(place)
  })
})
