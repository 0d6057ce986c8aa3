/** The WebSocket and the timer behind the machine of `machine.ts`; hands frames to its listener. */
import type { ClientFrame, ServerFrame } from '@parley/protocol/workspace'
import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  defaultTiming,
  initialSocketState,
  type SocketEffect,
  type SocketInput,
  type SocketState,
  type SocketTiming,
  stepSocket,
} from './machine.ts'

export interface SocketEvents {
  readonly onFrame: (frame: ServerFrame) => void
  /** After each successful authentication: subscribe again. */
  readonly onOpen: () => void
  readonly onEnded: () => void
}

export interface SocketOptions {
  readonly url: string
  readonly events: SocketEvents
  readonly timing?: SocketTiming
  readonly connect?: (url: string) => WebSocket
}

export class SocketClient {
  /** Where the connection stands, for the connection bar. */
  readonly state: StoreApi<SocketState> = createStore<SocketState>(() => initialSocketState)
  readonly #options: SocketOptions
  #socket: WebSocket | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SocketOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.state.getState().phase === 'open'
  }

  start(online: boolean): void {
    this.#step({ type: 'start', online })
  }

  stop(): void {
    this.#step({ type: 'stop' })
  }

  online(): void {
    this.#step({ type: 'online' })
  }

  offline(): void {
    this.#step({ type: 'offline' })
  }

  wake(): void {
    this.#step({ type: 'wake' })
  }

  /** Sends when the connection is open; what must arrive goes through HTTP or is repeated in `onOpen`. */
  send(frame: ClientFrame): boolean {
    if (!this.isOpen || this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  #step(input: SocketInput): void {
    const before = this.state.getState()
    const { state, effects } = stepSocket(before, input, Date.now(), this.#options.timing ?? defaultTiming)
    const timed = state.phase === 'connecting' || state.phase === 'open' || state.phase === 'waiting'
    if (!timed) clearTimeout(this.#timer)
    if (state !== before) this.state.setState(state, true)
    for (const effect of effects) this.#perform(effect)
    if (before.phase !== 'open' && state.phase === 'open') this.#options.events.onOpen()
  }

  #perform(effect: SocketEffect): void {
    if (effect.type === 'open') this.#open()
    else if (effect.type === 'close') this.#close()
    else if (effect.type === 'send') this.#socket?.send(JSON.stringify(effect.frame))
    else if (effect.type === 'ended') this.#options.events.onEnded()
    else {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#step({ type: 'timer' }), effect.after)
    }
  }

  #open(): void {
    this.#close()
    const socket = this.#options.connect?.(this.#options.url) ?? new WebSocket(this.#options.url)
    this.#socket = socket
    // A socket that was replaced may still fire; its events are nobody's any more.
    const current = (act: () => void) => () => {
      if (this.#socket === socket) act()
    }
    socket.onopen = current(() => this.#step({ type: 'opened' }))
    socket.onclose = (event) =>
      current(() => {
        this.#socket = null
        this.#step({ type: 'closed', code: event.code })
      })()
    socket.onmessage = (event) => current(() => this.#receive(String(event.data)))()
  }

  #receive(text: string): void {
    let frame: ServerFrame
    try {
      frame = JSON.parse(text) as ServerFrame
    } catch {
      return
    }
    if (frame.type === 'auth_ok') this.#step({ type: 'authenticated' })
    else this.#step({ type: 'heard' })
    this.#options.events.onFrame(frame)
  }

  #close(): void {
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }
}
