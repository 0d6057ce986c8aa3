import { ANSWER_JOB, type AnswerLease, bells, Doorbell } from '@parley/core'
import type { Bus } from '@parley/core/ports'
import type { Turn, TurnSource } from '@parley/runtime'
import { defaultLeaseTimes, HeldLease, type LeaseTimes } from './held-lease.ts'
import { type SeatReaders, type SeatWriters, WorkspaceSeat } from './seat.ts'

export interface TurnSourcePorts {
  readonly readers: SeatReaders
  readonly writers: SeatWriters
  readonly bus: Bus
}

export interface TurnSourceOptions {
  /** Names this worker in leases; must differ from every other worker, past ones included. */
  readonly owner: string
  readonly lease?: Partial<LeaseTimes>
  /** Milliseconds after which a claim is tried although no bell rang; 2 000. */
  readonly pollMs?: number
}

const DEFAULT_POLL_MS = 2_000

/** Answers asked for in the workspace, as leased turns: at most one per channel at a time, over all workers. */
export class WorkspaceTurnSource implements TurnSource, Disposable {
  readonly #ports: TurnSourcePorts
  readonly #owner: string
  readonly #times: LeaseTimes
  readonly #pollMs: number
  readonly #doorbell: Doorbell
  readonly #held = new Set<HeldLease>()

  constructor(ports: TurnSourcePorts, options: TurnSourceOptions) {
    this.#ports = ports
    this.#owner = options.owner
    this.#times = { ...defaultLeaseTimes, ...options.lease }
    this.#pollMs = options.pollMs ?? DEFAULT_POLL_MS
    this.#doorbell = new Doorbell(ports.bus, bells.jobs(ANSWER_JOB))
  }

  async claim(limit: number): Promise<readonly Turn[]> {
    const { turns } = this.#ports.writers
    const leases = await turns.claim(this.#owner, limit, this.#times.leaseMs)
    return leases.map((lease) => this.#turn(lease))
  }

  /** Resolves at the next bell of the answers, or after the poll interval. */
  wait(signal: AbortSignal): Promise<void> {
    return this.#doorbell.heard(this.#pollMs, signal)
  }

  /** Stops listening and renewing. Turns still out end as lost leases, and their answers are recovered later. */
  [Symbol.dispose](): void {
    this.#doorbell[Symbol.dispose]()
    for (const held of [...this.#held]) held[Symbol.dispose]()
  }

  #turn(lease: AnswerLease): Turn {
    const { readers, writers, bus } = this.#ports
    const leasePorts = { turns: writers.turns, bus, logger: writers.logger }
    const held: HeldLease = new HeldLease(lease, leasePorts, this.#times, () => this.#held.delete(held))
    this.#held.add(held)
    const { job, asker } = lease
    return {
      id: job.jobId,
      conversationId: job.channelId,
      agentId: job.agentId,
      triggerId: job.triggerId,
      asker,
      ...(job.model === undefined ? {} : { model: job.model }),
      seat: new WorkspaceSeat(held, readers, writers),
      signal: held.signal,
    }
  }
}
