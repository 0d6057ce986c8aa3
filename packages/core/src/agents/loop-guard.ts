/** Keeps agents from calling each other forever. Pure. */

/** One answer that an agent asked another for. */
export interface Call {
  readonly from: string
  readonly to: string
}

export interface LoopLimits {
  /** Agent-to-agent steps in a row. */
  readonly hops: number
  /** Times one agent may call the same colleague. */
  readonly perPair: number
  /** Calls of all agents together. */
  readonly total: number
}

/** All counted since a person last spoke in the channel. */
export const defaultLoopLimits: LoopLimits = { hops: 6, perPair: 3, total: 24 }

export type LoopReason = keyof LoopLimits

export interface LoopGuardInput {
  readonly callerId: string
  /** Steps that led to the caller's answer; 0 when a person asked for it. */
  readonly hops: number
  /** Colleagues the answer addresses, in order. */
  readonly targets: readonly string[]
  /** Calls made since a person last spoke, run or waiting. */
  readonly calls: readonly Call[]
}

export interface LoopVerdict {
  readonly allowed: readonly string[]
  readonly refused: readonly { readonly agentId: string; readonly reason: LoopReason }[]
}

export function guardLoop(input: LoopGuardInput, limits: LoopLimits = defaultLoopLimits): LoopVerdict {
  const allowed: string[] = []
  const refused: { agentId: string; reason: LoopReason }[] = []
  for (const agentId of new Set(input.targets)) {
    if (agentId === input.callerId) continue
    const reason = refusal(agentId)
    if (reason) refused.push({ agentId, reason })
    else allowed.push(agentId)
  }
  return { allowed, refused }

  function refusal(agentId: string): LoopReason | undefined {
    if (input.hops + 1 > limits.hops) return 'hops'
    const before = input.calls.filter((call) => call.from === input.callerId && call.to === agentId).length
    if (before >= limits.perPair) return 'perPair'
    return input.calls.length + allowed.length >= limits.total ? 'total' : undefined
  }
}
