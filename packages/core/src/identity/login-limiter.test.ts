import { describe, expect, it } from 'vitest'
import { HandClock } from '../../test/workspace.ts'
import { addressKey } from './client-address.ts'
import { LoginLimiter } from './login-limiter.ts'

function attempts(limiter: LoginLimiter, ip: string, count: number): unknown {
  try {
    for (let i = 0; i < count; i++) limiter.attempt(ip)
    return undefined
  } catch (error) {
    return error
  }
}

describe('LoginLimiter', () => {
  it('slows one address down and says for how long', () => {
    const clock = new HandClock()
    const limiter = new LoginLimiter(clock, { perAddress: { perSecond: 0.1, burst: 3 } })
    expect(attempts(limiter, '10.0.0.1', 3)).toBeUndefined()
    expect(attempts(limiter, '10.0.0.1', 1)).toMatchObject({ code: 'login_throttled', retryAfter: 10 })
    expect(attempts(limiter, '10.0.0.2', 3)).toBeUndefined()
    clock.pass(10_000)
    expect(attempts(limiter, '10.0.0.1', 1)).toBeUndefined()
  })

  it('slows all addresses together', () => {
    const limiter = new LoginLimiter(new HandClock(), { overall: { perSecond: 1, burst: 5 } })
    for (let i = 0; i < 5; i++) limiter.attempt(`10.0.0.${i}`)
    expect(attempts(limiter, '10.0.1.1', 1)).toMatchObject({ code: 'login_throttled' })
  })

  it('does not let one stubborn address use up the allowance of all', () => {
    const limiter = new LoginLimiter(new HandClock(), {
      perAddress: { perSecond: 0.1, burst: 2 },
      overall: { perSecond: 0.1, burst: 5 },
    })
    for (let i = 0; i < 100; i++) attempts(limiter, '10.0.0.1', 1)
    expect(attempts(limiter, '10.0.0.2', 2)).toBeUndefined()
  })

  it('does not count right keys, however often: nobody can lock the others out with their own', () => {
    const limiter = new LoginLimiter(new HandClock(), { overall: { perSecond: 1, burst: 5 } })
    for (let i = 0; i < 100; i++) {
      limiter.attempt('10.0.0.1')
      limiter.succeeded('10.0.0.1')
    }
    expect(attempts(limiter, '10.0.0.2', 5)).toBeUndefined()
  })

  it('forgives no wrong keys for a right one: a login of one’s own is no licence to guess on', () => {
    const limiter = new LoginLimiter(new HandClock(), { perAddress: { perSecond: 0.1, burst: 4 } })
    expect(attempts(limiter, '10.0.0.1', 4)).toBeUndefined()
    limiter.succeeded('10.0.0.1')
    expect(attempts(limiter, '10.0.0.1', 1)).toBeUndefined()
    expect(attempts(limiter, '10.0.0.1', 1)).toMatchObject({ code: 'login_throttled' })
  })

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('counts %j as %j', (ip, key) => {
    expect(addressKey(ip)).toBe(key)
  })
})
