import type { LogReader } from './log.ts'
import type {
  AgentReader,
  AuditReader,
  BlobReader,
  ChannelReader,
  JobReader,
  SessionReader,
  SettingsReader,
  StreamReader,
  UserReader,
} from './readers.ts'
import type { Writer } from './writes.ts'

/** One engine filling all storage ports. Only the composition root and the contract suites see it whole. */
export interface Store extends AsyncDisposable {
  readonly writer: Writer
  readonly log: LogReader
  readonly users: UserReader
  readonly sessions: SessionReader
  readonly agents: AgentReader
  readonly channels: ChannelReader
  readonly settings: SettingsReader
  readonly blobs: BlobReader
  readonly jobs: JobReader
  readonly streams: StreamReader
  readonly audit: AuditReader
}
