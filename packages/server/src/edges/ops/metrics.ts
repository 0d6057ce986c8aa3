/**
 * What this process did, as numbers. They are plain until somebody asks: the metrics library is loaded on the first
 * scrape, since it would cost each start some 50 ms.
 */
import type { TurnObserver } from '@parley/runtime'
import type { RequestSample } from '../../hosts/http/host.ts'
import { Tally } from './tally.ts'

export interface Family {
  readonly name: string
  readonly help: string
  readonly tally: Tally<string>
}

export class Metrics {
  readonly #requests = new Tally(['method', 'route', 'status'])
  readonly #requestSeconds = new Tally(['method', 'route', 'status'])
  readonly #answers = new Tally(['status', 'failure'])
  readonly #modelCalls = new Tally(['model', 'outcome'])
  readonly #modelSeconds = new Tally(['model', 'outcome'])
  readonly #tokens = new Tally(['model', 'direction'])
  readonly #toolCalls = new Tally(['tool', 'outcome'])

  readonly families: readonly Family[] = [
    { name: 'parley_http_requests_total', help: 'Requests answered.', tally: this.#requests },
    { name: 'parley_http_request_seconds_total', help: 'Seconds spent answering.', tally: this.#requestSeconds },
    { name: 'parley_answers_total', help: 'Answers of agents that ended.', tally: this.#answers },
    { name: 'parley_model_calls_total', help: 'Calls of language models.', tally: this.#modelCalls },
    { name: 'parley_model_call_seconds_total', help: 'Seconds spent in model calls.', tally: this.#modelSeconds },
    { name: 'parley_model_tokens_total', help: 'Tokens read and written by models.', tally: this.#tokens },
    { name: 'parley_tool_calls_total', help: 'Tool calls of agents.', tally: this.#toolCalls },
  ]

  /** Counts one answered request. */
  readonly observeRequest = ({ method, route, status, seconds }: RequestSample): void => {
    const labels = { method, route, status: String(status) }
    this.#requests.add(labels)
    this.#requestSeconds.add(labels, seconds)
  }

  /** Counts what the runtime tells. */
  readonly turns: TurnObserver = {
    turnEnded: ({ status, failure }) => this.#answers.add({ status, failure: failure ?? '' }),
    modelCalled: ({ model, outcome, durationMs, usage }) => {
      this.#modelCalls.add({ model, outcome })
      this.#modelSeconds.add({ model, outcome }, durationMs / 1_000)
      if (usage === undefined) return
      this.#tokens.add({ model, direction: 'input' }, usage.inputTokens)
      this.#tokens.add({ model, direction: 'output' }, usage.outputTokens)
    },
    toolCalled: ({ tool, outcome }) => this.#toolCalls.add({ tool, outcome }),
  }
}
