/** The seat of agents in the channels of a workspace: leased turns from core's jobs, answers into its log. */
export { defaultLeaseTimes, type LeaseTimes } from './held-lease.ts'
export { type SeatReaders, type SeatWriters, WorkspaceSeat } from './seat.ts'
export { SettingsModelSource } from './settings-model-source.ts'
export { type TurnSourceOptions, type TurnSourcePorts, WorkspaceTurnSource } from './turn-source.ts'
