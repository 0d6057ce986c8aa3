import * as workspace from '@parley/protocol/workspace'
import { expect, it } from 'vitest'
import { routes } from './routes.ts'

it('names every route of the contract with its method and path', () => {
  const exported: readonly (readonly [string, unknown])[] = Object.entries(workspace)
  const contract = exported.flatMap(([name, value]) => (isRoute(value) ? [[name, [value.method, value.path]]] : []))
  expect(contract.length).toBeGreaterThan(20)
  expect(Object.fromEntries(contract)).toEqual(routes)
})

function isRoute(value: unknown): value is { readonly method: string; readonly path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'reply' in value
}
