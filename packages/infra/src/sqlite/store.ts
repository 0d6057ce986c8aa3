import { dirname, join, resolve } from 'node:path'
import { type Logger, silentLogger } from '@parley/base'
import type { Store } from '@parley/core/ports'
import { createFolder } from '../files/durable.ts'
import { SqlJobReader, SqlStreamReader } from '../sql/read/jobs.ts'
import { SqlAuditReader, SqlBlobReader } from '../sql/read/ledger.ts'
import { SqlSettingsReader } from '../sql/read/settings.ts'
import { openReaderConnection } from './connection.ts'
import { LOCK } from './data-folder.ts'
import { FolderLock } from './folder-lock.ts'
import { FreshEntries, noting } from './fresh-entries.ts'
import { SqliteAgentReader, SqliteChannelReader, SqliteSessionReader, SqliteUserReader } from './hot-readers.ts'
import { createKysely } from './kysely.ts'
import { SqliteLogReader } from './log-reader.ts'
import { assertNotRestoring } from './restore.ts'
import type { WriterLimits } from './writer.ts'
import { WriterWorker } from './writer-worker.ts'

export interface SqliteStoreOptions {
  /** The database file, e.g. `data/parley.db`. Its folder is created (mode 0700) and claimed for this process. */
  readonly path: string
  readonly logger?: Logger
  readonly limits?: WriterLimits
  /** Called once when nothing can be stored any more, e.g. after a disk error: reads go on, but the process should end. */
  readonly onFailure?: (error: Error) => void
}

/**
 * Opens the store, creating or migrating it. Errors: `data_folder_taken` (another process owns the folder),
 * `schema_newer`, `restore_interrupted`, `store_unavailable`.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const path = resolve(options.path)
  const folder = dirname(path)
  const logger = options.logger ?? silentLogger
  await createFolder(folder, 0o700)
  await using opened = new AsyncDisposableStack()
  opened.use(new FolderLock(join(folder, LOCK)))
  assertNotRestoring(folder)
  const [worker, migration] = await WriterWorker.start(path, {
    logger,
    limits: options.limits,
    onFailure: options.onFailure,
  })
  opened.use(worker)
  if (migration.from !== migration.to) logger.info({ ...migration }, 'store: schema migrated')
  const db = openReaderConnection(path)
  opened.defer(() => void db.close())
  const kysely = createKysely(db)
  // Disposed in reverse order: the reader first, so that the writer's connection is the last and tidies up the files.
  const resources = opened.move()
  const fresh = new FreshEntries()
  return {
    writer: noting(worker.writer, fresh),
    log: new SqliteLogReader(db, fresh),
    users: new SqliteUserReader(db, kysely),
    sessions: new SqliteSessionReader(db, kysely),
    agents: new SqliteAgentReader(db, kysely),
    channels: new SqliteChannelReader(db, kysely),
    settings: new SqlSettingsReader(kysely),
    blobs: new SqlBlobReader(kysely),
    jobs: new SqlJobReader(kysely),
    streams: new SqlStreamReader(kysely),
    audit: new SqlAuditReader(kysely),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
