import type { Migration } from './migration.ts'

/**
 * The log is a rowid table that only grows at its end, with small integer keys and one narrow index for reading:
 * twice as fast as text keys in a clustered index, and a tenth of the commit latency.
 */
const log = `
CREATE TABLE log_keys (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  head INTEGER NOT NULL,
  floor INTEGER NOT NULL CHECK (floor <= head),
  swept INTEGER NOT NULL CHECK (swept <= floor)
) STRICT;
CREATE INDEX log_keys_unswept ON log_keys (id) WHERE swept < floor;

CREATE TABLE log_bodies (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE log_entries (
  pos INTEGER PRIMARY KEY,
  key_id INTEGER NOT NULL REFERENCES log_keys (id),
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  entry_id TEXT NOT NULL,
  target INTEGER NOT NULL,
  producer TEXT NOT NULL,
  client_id TEXT,
  at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  body_id INTEGER REFERENCES log_bodies (id),
  extra TEXT,
  body TEXT,
  CHECK ((body IS NULL) <> (body_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX log_entries_by_seq ON log_entries (key_id, seq);
CREATE UNIQUE INDEX log_entries_by_id ON log_entries (entry_id, target);
CREATE UNIQUE INDEX log_entries_by_client ON log_entries (key_id, producer, client_id)
  WHERE client_id IS NOT NULL AND target = 0;
CREATE INDEX log_entries_by_body ON log_entries (body_id) WHERE body_id IS NOT NULL;

CREATE TABLE log_cursors (
  key_id INTEGER NOT NULL REFERENCES log_keys (id),
  reader TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (key_id, reader)
) STRICT, WITHOUT ROWID;
`

const people = `
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  avatar TEXT NOT NULL,
  key_hash TEXT UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ip TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  avatar TEXT NOT NULL,
  description TEXT NOT NULL,
  model TEXT NOT NULL,
  tools TEXT NOT NULL,
  aliases TEXT NOT NULL,
  localized TEXT,
  builtin INTEGER NOT NULL,
  disabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
`

const channels = `
CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  avatar TEXT NOT NULL,
  leader_agent_id TEXT,
  dm_key TEXT UNIQUE,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX channels_by_leader ON channels (leader_agent_id) WHERE leader_agent_id IS NOT NULL;

CREATE TABLE channel_members (
  channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  member_id TEXT NOT NULL,
  member_type TEXT NOT NULL,
  role TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_members_by_member ON channel_members (member_id);

CREATE TABLE preferences (
  channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  pinned INTEGER NOT NULL,
  muted INTEGER NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (channel_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX preferences_by_user ON preferences (user_id);

CREATE TABLE mentions (
  channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  key_id INTEGER NOT NULL REFERENCES log_keys (id),
  PRIMARY KEY (channel_id, user_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_position ON mentions (key_id, seq);
CREATE INDEX mentions_by_user ON mentions (user_id);
`

const ledger = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE usage (
  id TEXT PRIMARY KEY,
  message_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  user_id TEXT,
  model TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX usage_by_time ON usage (at);

CREATE TABLE audit (
  pos INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;
`

const jobs = `
CREATE TABLE jobs (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  owner TEXT,
  lease_until INTEGER,
  stop_requested INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_open_by_kind ON jobs (kind, position) WHERE status IN ('queued', 'running');
CREATE INDEX jobs_open_by_lane ON jobs (lane, position) WHERE status IN ('queued', 'running');

CREATE TABLE stream_pieces (
  pos INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX stream_pieces_by_message ON stream_pieces (message_id);
`

export const initial: Migration = { version: 1, name: 'initial', sql: log + people + channels + ledger + jobs }
