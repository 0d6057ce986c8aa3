export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly version: number
  readonly name: string
  /** Statements run in one transaction. Never edited once released: a change is a new migration. */
  readonly sql: string
}
