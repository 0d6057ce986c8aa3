/** The seat of agents in the channels of a workspace: leased turns from core's jobs, answers into its log. */
export type { LeaseTimes } from './held-lease.ts'
export type { SeatReaders, SeatWriters } from './seat.ts'
export { SettingsModelSource } from './settings-model-source.ts'
export { type TurnSourceOptions, type TurnSourcePorts, WorkspaceTurnSource } from './turn-source.ts'
