import { initial } from './0001-initial.ts'
import type { Migration } from './migration.ts'

export type { Migration } from './migration.ts'

/** All migrations in order. The version of the last one is the schema this program knows. */
export const migrations: readonly Migration[] = [initial]
