import type { AppendStreamOp, ClearStreamOp } from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import type { UnitScope } from './unit-scope.ts'

/** The durable pieces of running answers: written about twice a second per answer, gone when the answer is stored. */
export class StreamWriter {
  readonly #scope: UnitScope
  readonly #insert: Statement<[string, string, string]>
  readonly #delete: Statement<[string]>

  constructor(db: Database, scope: UnitScope) {
    this.#scope = scope
    this.#insert = db.prepare('INSERT INTO stream_pieces (message_id, kind, data) VALUES (?, ?, ?)')
    this.#delete = db.prepare('DELETE FROM stream_pieces WHERE message_id = ?')
  }

  append(op: AppendStreamOp): null {
    this.#scope.markWrite()
    for (const piece of op.pieces) this.#insert.run(op.messageId, piece.kind, piece.data)
    return null
  }

  clear(op: ClearStreamOp): null {
    this.#scope.markWrite()
    this.#delete.run(op.messageId)
    return null
  }
}
