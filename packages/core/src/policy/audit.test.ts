import { describe, expect, it } from 'vitest'
import { createWorkspace } from '../../test/workspace.ts'

describe('Audit', () => {
  it('keeps refused tools and pages backwards, for admins', async () => {
    const workspace = await createWorkspace()
    const denied = { agentId: 'writer', askerId: 'user_1', channelId: 'ch_1', reason: 'not granted' }
    for (const tool of ['one', 'two', 'three']) await workspace.audit.toolDenied({ ...denied, tool })
    const newest = await workspace.audit.list(workspace.owner, 2)
    expect(newest.map((row) => [row.action, row.actor, row.subject])).toEqual([
      ['tool.denied', 'writer', 'three'],
      ['tool.denied', 'writer', 'two'],
    ])
    const rest = await workspace.audit.list(workspace.owner, 2, newest.at(-1)?.id)
    expect(rest.map((row) => row.subject)).toEqual(['one'])
    const ann = await workspace.person('Ann')
    await expect(workspace.audit.list(ann)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
