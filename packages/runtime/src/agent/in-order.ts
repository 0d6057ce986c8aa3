/** Maps with at most `parallel` tasks at once; results stand in the order of the items. Fails with the first failure. */
export async function mapInOrder<Item, Result>(
  items: readonly Item[],
  parallel: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++
      results[index] = await task(items[index] as Item, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker))
  return results
}
