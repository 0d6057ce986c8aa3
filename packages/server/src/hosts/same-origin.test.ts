import { expect, test } from 'vitest'
import { isSameOrigin, type OriginHeaders } from './same-origin.ts'

const host = 'localhost:18800'

const cases: [headers: OriginHeaders, publicUrl: string | undefined, allowed: boolean, why: string][] = [
  [{ host }, undefined, true, 'no browser'],
  [{ host, origin: 'http://localhost:18800' }, undefined, true, 'this host'],
  [{ host, origin: 'https://localhost:18800' }, undefined, true, 'this host behind TLS'],
  [{ host, origin: 'http://LOCALHOST:18800' }, undefined, true, 'this host in capitals'],
  [{ host, origin: 'http://localhost:3000' }, undefined, false, 'another port'],
  [{ host, origin: 'http://evil.localhost:18800' }, undefined, false, 'a sibling name'],
  [{ host, origin: 'null' }, undefined, false, 'a sandboxed frame or a file'],
  [{ host, origin: 'http://localhost:18800.evil.org' }, undefined, false, 'a look-alike'],
  [
    { host: '127.0.0.1:18800', origin: 'https://chat.example.org' },
    'https://chat.example.org',
    true,
    'the public origin',
  ],
  [{ host: '127.0.0.1:18800', origin: 'http://chat.example.org' }, 'https://chat.example.org', false, 'its plain twin'],
  [{ host, 'sec-fetch-site': 'same-origin' }, undefined, true, 'fetch metadata: same origin'],
  [{ host, 'sec-fetch-site': 'none' }, undefined, true, 'fetch metadata: typed by the user'],
  [{ host, 'sec-fetch-site': 'cross-site' }, undefined, false, 'fetch metadata: another site'],
  [{ host, 'sec-fetch-site': 'same-site' }, undefined, false, 'fetch metadata: a sibling'],
  [{ origin: 'http://localhost' }, undefined, false, 'no Host at all'],
]

test.each(cases)('%j with public URL %s: %s (%s)', (headers, publicUrl, allowed) => {
  expect(isSameOrigin(headers, publicUrl)).toBe(allowed)
})
