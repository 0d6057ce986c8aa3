/** Every setting by name: what it accepts, its default, its meaning. The only list of names there is. */
import { z } from 'zod'
import { rateSchema } from './rate.ts'

export interface SettingDeclaration<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** Value in the text form it would have in the environment. */
  readonly fallback?: string
  /** Completes "Allowed: …". */
  readonly allowed: string
  readonly meaning: string
  /** Kept apart from the config and never logged. */
  readonly secret?: true
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, 'It is not a port number.')
  .transform(Number)
  .refine((port) => port <= 65_535, 'It is not a port number.')

const hostSchema = z.string().regex(/^(?:[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+)$/, 'It is not an address.')

const httpUrlSchema = z.url({ protocol: /^https?$/, error: 'It is not an http(s) URL.' })

const originSchema = httpUrlSchema
  .transform((text) => new URL(text))
  .refine(
    (url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '',
    'It has more than a scheme, a host and a port.',
  )
  .transform((url) => url.origin)

export const settingDeclarations = {
  PARLEY_HOST: {
    schema: hostSchema,
    fallback: '127.0.0.1',
    allowed: 'a host name or IP address of this machine, 0.0.0.0 or :: for all',
    meaning: 'Address to listen on.',
  },
  PARLEY_PORT: {
    schema: portSchema,
    fallback: '18800',
    allowed: '0 to 65535, 0 picks a free port',
    meaning: 'Port to listen on.',
  },
  PARLEY_DATA: {
    schema: z.string(),
    fallback: './data',
    allowed: 'a folder this process may write',
    meaning: 'Folder of the database, personas and uploads.',
  },
  PARLEY_PUBLIC_URL: {
    schema: originSchema,
    allowed: 'the origin people open in their browser, e.g. https://chat.example.org',
    meaning: 'Public origin behind a reverse proxy: sets Secure cookies and the accepted Origin.',
  },
  PARLEY_LOG_LEVEL: {
    schema: z.enum(logLevels, 'It is not a log level.'),
    fallback: 'info',
    allowed: logLevels.join(', '),
    meaning: 'Least severity that is logged.',
  },
  PARLEY_MESSAGE_RATE: {
    schema: rateSchema,
    fallback: '5/30',
    allowed: '"rate" or "rate/burst" in messages per second and person, e.g. 5/30',
    meaning: 'How fast one person may send.',
  },
  PARLEY_DEFAULT_MODEL: {
    schema: z.string().max(200, 'It is too long.'),
    allowed: 'a model name of the server at OPENAI_BASE_URL, or "provider/model"',
    meaning: 'Model of agents without a model of their own.',
  },
  OPENAI_BASE_URL: {
    schema: httpUrlSchema,
    allowed: 'the http(s) URL of an OpenAI-compatible server, usually ending in /v1',
    meaning: 'Model server.',
  },
  OPENAI_API_KEY: {
    schema: z.string().max(500, 'It is too long.'),
    allowed: 'up to 500 characters',
    meaning: 'Key of the model server.',
    secret: true,
  },
  OWNER_KEY: {
    schema: z.string().min(4, 'It is too short.').max(500, 'It is too long.'),
    allowed: '4 to 500 characters',
    meaning: 'Password of the owner. Without it the first start makes one and prints it once.',
    secret: true,
  },
} as const satisfies Record<string, SettingDeclaration>

export type SettingName = keyof typeof settingDeclarations

export const settingNames = Object.keys(settingDeclarations) as readonly SettingName[]
