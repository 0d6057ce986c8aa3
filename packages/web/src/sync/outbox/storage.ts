/** Where unsent messages survive a reload: IndexedDB, one database per person. */
import { createStore, del, set, values } from 'idb-keyval'
import type { OutboxItem } from './machine.ts'

export interface OutboxStorage {
  load(): Promise<readonly OutboxItem[]>
  save(item: OutboxItem): Promise<void>
  erase(clientId: string): Promise<void>
}

/** Operations of one storage run in the order they were asked for, so a late save never revives an erased item. */
export function indexedDbOutbox(userId: string): OutboxStorage {
  const store = createStore(`parley-outbox-${userId}`, 'items')
  let tail: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(task: () => Promise<T>): Promise<T> => {
    const result = tail.then(task, task)
    tail = result.catch(() => {})
    return result
  }
  return {
    load: () => inOrder(() => values<OutboxItem>(store)),
    save: (item) => inOrder(() => set(item.clientId, item, store)),
    erase: (clientId) => inOrder(() => del(clientId, store)),
  }
}
