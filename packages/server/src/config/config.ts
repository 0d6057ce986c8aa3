/** The validated settings. Frozen; secrets are a separate object that never meets a log line. */
import type { Rate } from './rate.ts'

export interface Config {
  readonly host: string
  /** 0 asks the system for a free port. */
  readonly port: number
  /** Absolute path. */
  readonly dataDirectory: string
  /** Origin, e.g. `https://chat.example.org`, when the server sits behind a proxy. */
  readonly publicUrl: string | undefined
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Messages of one person. */
  readonly messageRate: Rate
  /** Language of the personas a new installation begins with, from the locale of the process (LC_ALL, LC_MESSAGES, LANG). */
  readonly language: 'zh-CN' | 'en'
  readonly models: {
    /** Server named by the environment; undefined when none is. */
    readonly baseUrl: string | undefined
    readonly defaultModel: string | undefined
  }
}

export interface Secrets {
  readonly ownerKey: string | undefined
  readonly modelKey: string | undefined
}

export interface LoadedConfig {
  readonly config: Config
  readonly secrets: Secrets
}
