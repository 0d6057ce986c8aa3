/**
 * Whether the unit being applied has changed the database yet. A unit refused before its first change leaves nothing
 * to undo, so its neighbours in the batch need not be run again.
 */
export class UnitScope {
  wrote = false

  begin(): void {
    this.wrote = false
  }

  markWrite(): void {
    this.wrote = true
  }
}
