/** The composition root: the only place that names implementations and wires them together. */

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Clock, type Logger, systemClock } from '@parley/base'
import {
  Access,
  Agents,
  Answers,
  AnswerText,
  AnswerTurns,
  Audit,
  announce,
  Channels,
  createStamps,
  endSessionsOfOldOwnerKey,
  Ledger,
  LiveAnswers,
  LoginLimiter,
  MessageRate,
  Messages,
  Names,
  People,
  Presence,
  Roster,
  Sessions,
  Settings,
  seedWorkspace,
  Uploads,
} from '@parley/core'
import type { BlobStore, Bus, SecretBox, SoulStore, Store } from '@parley/core/ports'
import { createSecretBox, FsBlobStore, FsSoulStore } from '@parley/infra/blobs'
import { createMemoryBus } from '@parley/infra/memory'
import { openSqliteStore } from '@parley/infra/sqlite'
import type { TurnObserver } from '@parley/runtime'
import { builtinAgents } from '@parley/runtime/personas'
import { type LoadedConfig, resolveOwnerKey } from './config/index.ts'
import { Metrics } from './edges/ops/metrics.ts'
import { registerOps } from './edges/ops/register.ts'
import { registerWorkspace } from './edges/workspace/register.ts'
import { createSessionCookie } from './edges/workspace/session-cookie.ts'
import { requireCaller } from './edges/workspace/session-guard.ts'
import { describeUpgrade } from './edges/workspace/socket/describe-upgrade.ts'
import { WorkspaceDialect } from './edges/workspace/socket/dialect.ts'
import { UploadGate } from './edges/workspace/uploads/upload-gate.ts'
import { EnvironmentModels } from './environment-models.ts'
import { createHttpHost } from './hosts/http/host.ts'
import { listen } from './hosts/http/listen.ts'
import { createLogger } from './hosts/logger.ts'
import { defaultSocketLimits, type SocketLimits, WsHost } from './hosts/ws/index.ts'
import { RuntimeHost, type RuntimeOverrides } from './runtime-host.ts'
import { SettingsModelSource, WorkspaceTurnSource } from './seats/workspace/index.ts'
import { seedOf } from './seed.ts'
import { version } from './version.ts'
import { defaultWebFolder } from './web-folder.ts'

/** Parts a test may replace; everything absent is the real thing. */
export interface ServerOverrides {
  /** Not disposed by the server. */
  readonly store?: Store
  readonly bus?: Bus
  readonly blobs?: BlobStore
  readonly souls?: SoulStore
  readonly secrets?: SecretBox
  readonly clock?: Clock
  readonly logger?: Logger
  readonly socketLimits?: Partial<SocketLimits>
  /** Folder of the built web app. */
  readonly webFolder?: string
  readonly runtime?: RuntimeOverrides
}

export interface RunningServer extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:18800`. */
  readonly url: string
  readonly port: number
  /** The owner key, only when this start made it. */
  readonly generatedOwnerKey: string | undefined
  /** Resolves when nothing can be stored any more, e.g. after a disk error: the process should end and be started anew. */
  readonly failed: Promise<Error>
  /** Orderly end: see {@link SHUTDOWN}. A second call returns the first one's promise. */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/** Milliseconds: running answers may finish for `answers`, sockets get `sockets` to say goodbye, requests `requests` to end. */
export const SHUTDOWN = { answers: 8_000, sockets: 500, requests: 1_000 } as const

/** Sliding life of a session. */
const SESSION_TTL_MS = 7 * 86_400_000
const SWEEP_INTERVAL_MS = 3_600_000

/**
 * Starts everything and listens. Errors: those of the store (`data_folder_taken`, `schema_newer`, …), of listening
 * (`port_taken`, …) and of the owner key file; what was opened is closed again.
 */
export async function createServer(loaded: LoadedConfig, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const { config, secrets } = loaded
  const clock = overrides.clock ?? systemClock
  const logger = overrides.logger ?? createLogger(config.logLevel)
  const metrics = new Metrics()
  let state: 'starting' | 'ready' | 'draining' = 'starting'

  const failure = Promise.withResolvers<Error>()
  await using opened = new AsyncDisposableStack()
  const store =
    overrides.store ??
    opened.use(
      await openSqliteStore({ path: join(config.dataDirectory, 'parley.db'), logger, onFailure: failure.resolve }),
    )
  const ownerKey = await resolveOwnerKey(secrets.ownerKey, config.dataDirectory)
  const bus = overrides.bus ?? createMemoryBus(logger)
  const souls = overrides.souls ?? new FsSoulStore(config.dataDirectory)
  const files = overrides.blobs ?? new FsBlobStore(join(config.dataDirectory, 'uploads'))
  const box = overrides.secrets ?? createSecretBox(join(config.dataDirectory, 'secret.key'))

  const { users, agents: agentReader, channels: channelReader, log, jobs, streams, blobs } = store
  const stamps = createStamps(clock)
  const writer = announce(store.writer, bus)
  const ledger = new Ledger(writer, bus)
  const names = new Names(users, agentReader)
  const roster = new Roster({ channels: channelReader, agents: agentReader, users })
  const access = new Access(channelReader, new MessageRate(clock, config.messageRate))
  const uploads = new Uploads({ blobs, files, ledger, stamps })
  const sessions = new Sessions(
    { users, sessions: store.sessions, limiter: new LoginLimiter(clock), ledger, stamps },
    { ownerKey: { sha256: ownerKey.hash }, ttlMs: SESSION_TTL_MS },
  )
  const people = new People({ users, channels: channelReader, names, ledger, stamps })
  const channels = new Channels({ channels: channelReader, log, roster, access, ledger, stamps })
  const messages = new Messages({ log, roster, access, uploads, ledger, stamps })
  const agents = new Agents({ agents: agentReader, souls, names, ledger, stamps })
  const answers = new Answers({ log, jobs, roster, access, ledger, stamps })
  const onCheckpointError = (error: unknown): void => logger.warn({ err: error }, 'a running answer was not copied')
  const live = opened.use(new LiveAnswers(writer, { onCheckpointError }))
  const answerText = new AnswerText({ log, access, live })
  const presence = new Presence(bus)
  const environment = new EnvironmentModels(loaded)
  const settings = new Settings({ settings: store.settings, secrets: box, ledger, stamps }, environment)
  const turns = new AnswerTurns({ log, jobs, streams, roster, ledger, stamps })
  const readers = { log, roster, agents: agentReader, souls, uploads }
  const source = opened.use(
    new WorkspaceTurnSource({ readers, writers: { turns, live, logger }, bus }, { owner: `process-${randomUUID()}` }),
  )

  const owner = await people.ensureOwner()
  await endSessionsOfOldOwnerKey({ settings: store.settings, secrets: box, ledger, stamps }, owner.id, ownerKey.hash)
  await seedWorkspace(
    { settings: store.settings, souls, ledger, stamps },
    seedOf(builtinAgents, owner.id, config.language),
  )

  const audit = new Audit({ audit: store.audit, access, ledger, stamps })
  const observer: TurnObserver = {
    ...metrics.turns,
    toolDenied: ({ tool, agentId, askerId, conversationId }) => {
      const denied = { agentId, askerId, channelId: conversationId, tool, reason: 'not permitted' }
      audit.toolDenied(denied).catch((error: unknown) => logger.warn({ err: error }, 'a denied tool was not recorded'))
    },
  }
  const models = new SettingsModelSource(settings)
  const runtime = new RuntimeHost(
    { source, turns, models, environment, bus, observer },
    clock,
    logger,
    overrides.runtime,
  )
  const http = await createHttpHost({ logger, publicUrl: config.publicUrl, observe: metrics.observeRequest })
  const limits = { ...defaultSocketLimits, ...overrides.socketLimits }
  const dialect = opened.use(
    new WorkspaceDialect({ sessions, channels, messages, answers, live, presence }, bus, limits, logger),
  )
  const describe = describeUpgrade(config.publicUrl)
  const sockets = new WsHost({
    path: '/ws',
    logger,
    limits,
    publicUrl: config.publicUrl,
    dialects: [dialect],
    describe,
  })
  const liveness = {
    isOnline: (userId: string) => presence.isOnline(userId),
    isBusy: (agentId: string) => live.isBusy(agentId),
  }
  await registerWorkspace(
    http,
    {
      sessions,
      people,
      agents,
      channels,
      messages,
      answers,
      answerText,
      uploads,
      uploadGate: new UploadGate(clock),
      settings,
      models: runtime.directory,
      liveness,
    },
    createSessionCookie(config.publicUrl, SESSION_TTL_MS),
  )
  registerOps(http, {
    health: { version, state: () => state },
    metrics,
    gauges: [
      { name: 'parley_open_sockets', help: 'Open WebSockets.', read: () => sockets.size },
      { name: 'parley_online_people', help: 'People with an open socket.', read: () => presence.online().length },
    ],
    requireOwner: async (request) => void (await requireCaller(sessions, request, 'owner')),
    webFolder: overrides.webFolder ?? defaultWebFolder(),
  })
  sockets.attach(http.server)
  opened.defer(async () => {
    await sockets.close(SHUTDOWN.sockets)
    // A connection that sends nothing, or half a request, must not hold up the end.
    const cut = setTimeout(() => http.server.closeAllConnections(), SHUTDOWN.requests)
    await http.close()
    clearTimeout(cut)
  })

  const { port, url } = await listen(http, config.host, config.port)
  state = 'ready'
  runtime.start()
  const sweep = setInterval(() => {
    sessions.sweep().catch((error: unknown) => logger.warn({ err: error }, 'ended sessions were not removed'))
  }, SWEEP_INTERVAL_MS).unref()
  opened.defer(() => clearInterval(sweep))

  const resources = opened.move()
  let closing: Promise<void> | undefined
  const close = async (graceMs: number): Promise<void> => {
    state = 'draining'
    http.server.close()
    await runtime.drain(graceMs)
    await resources.disposeAsync()
  }
  return {
    url,
    port,
    generatedOwnerKey: ownerKey.generated,
    failed: failure.promise,
    close: (options) => (closing ??= close(options?.graceMs ?? SHUTDOWN.answers)),
    [Symbol.asyncDispose]: () => (closing ??= close(0)),
  }
}
