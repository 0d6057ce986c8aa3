/** What came back from one HTTP request, read to its end. */
export interface WorkspaceReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown
}

export async function readReply(response: Response): Promise<WorkspaceReply> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A call that a test expected to succeed was refused. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly status: number
  readonly reply: WorkspaceReply

  constructor(call: string, reply: WorkspaceReply) {
    super(`${call} answered ${reply.status}: ${reply.text.slice(0, 400)}`)
    this.status = reply.status
    this.reply = reply
  }
}
