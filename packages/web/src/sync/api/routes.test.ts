import * as workspace from '@parley/protocol/workspace'
import { expect, it } from 'vitest'
import { routes } from './routes.ts'

it('names every route of the contract with its method and path', () => {
  const contract = Object.entries(workspace)
    .filter(
      (entry): entry is [string, { method: string; path: string }] =>
        typeof entry[1] === 'object' &&
        entry[1] !== null &&
        'method' in entry[1] &&
        'path' in entry[1] &&
        'reply' in entry[1],
    )
    .map(([name, route]) => [name, [route.method, route.path]])
  expect(contract.length).toBeGreaterThan(20)
  expect(Object.fromEntries(contract)).toEqual(routes)
})
