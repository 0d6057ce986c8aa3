import { createWorkspace, OWNER_KEY } from '@parley/core/testing'
import { expect, test } from 'vitest'
import { endSessionsOfOldOwnerKey } from './owner-key-change.ts'
import { sha256Hex } from './secrets.ts'

const secrets = { seal: (plain: string) => `sealed:${plain}`, open: (sealed: string) => sealed.slice('sealed:'.length) }
const client = { ip: '127.0.0.1', userAgent: 'test' }

test('the same owner key keeps the sessions, another one ends those of the owner and only those', async () => {
  const workspace = await createWorkspace()
  const ports = { settings: workspace.store.settings, secrets, ledger: workspace.ledger, stamps: workspace.stamps }
  const { accessKey } = await workspace.people.create(workspace.owner, { name: 'Ada', role: 'member' })
  const first = await sha256Hex(OWNER_KEY)
  const owner = await workspace.sessions.login(OWNER_KEY, client)
  const ada = await workspace.sessions.login(accessKey, client)

  await endSessionsOfOldOwnerKey(ports, workspace.owner.userId, first)
  await endSessionsOfOldOwnerKey(ports, workspace.owner.userId, first)
  expect(await workspace.sessions.authenticate(owner.token)).toMatchObject({ role: 'owner' })

  await endSessionsOfOldOwnerKey(ports, workspace.owner.userId, await sha256Hex('a new key'))
  expect(await workspace.sessions.authenticate(owner.token)).toBeUndefined()
  expect(await workspace.sessions.authenticate(ada.token)).toMatchObject({ name: 'Ada' })
})

test('a digest sealed under a lost secret counts as another key', async () => {
  const workspace = await createWorkspace()
  const broken = {
    seal: secrets.seal,
    open: () => {
      throw new Error('sealed under another key')
    },
  }
  const ports = {
    settings: workspace.store.settings,
    secrets: broken,
    ledger: workspace.ledger,
    stamps: workspace.stamps,
  }
  const key = await sha256Hex(OWNER_KEY)
  await endSessionsOfOldOwnerKey(ports, workspace.owner.userId, key)
  const { token } = await workspace.sessions.login(OWNER_KEY, client)
  await endSessionsOfOldOwnerKey(ports, workspace.owner.userId, key)
  expect(await workspace.sessions.authenticate(token)).toBeUndefined()
})
