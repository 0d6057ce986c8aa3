/** HTTP to model servers: undici's own fetch over one pool, without its body and header timeouts (ours count parts). */

export type Fetch = typeof globalThis.fetch

export interface HttpTransport extends AsyncDisposable {
  readonly fetch: Fetch
}

/** Loads undici on the first request, so that a start without models costs nothing. */
export function createHttpTransport(): HttpTransport {
  let opened: Promise<{ fetch: Fetch; close(): Promise<void> }> | undefined
  const open = async (): Promise<{ fetch: Fetch; close(): Promise<void> }> => {
    const undici = await import('undici')
    // globalThis.fetch cannot take this dispatcher: Node bundles another major version of undici.
    const dispatcher = new undici.Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 10_000 },
      allowH2: false,
    })
    const send = (input: never, init?: object): unknown => undici.fetch(input, { ...init, dispatcher } as never)
    return { fetch: send as Fetch, close: () => dispatcher.destroy() }
  }
  return {
    async fetch(input, init) {
      opened ??= open()
      const { fetch } = await opened
      return fetch(input, init)
    },
    async [Symbol.asyncDispose]() {
      if (opened !== undefined) await (await opened).close()
    },
  }
}
