/**
 * The domain. Construction order:
 *   stamps = createStamps(clock)
 *   ledger = new Ledger(announce(writer, bus), bus)
 *   names = new Names(users, agents);  roster = new Roster({channels, agents, users})
 *   access = new Access(channels, new MessageRate(clock, rate));  uploads = new Uploads({blobs, files, ledger, stamps})
 *   then the use cases, each from its `…Ports`.
 * Every use case takes the {@link Caller} first and authorises it; methods without one are for the process itself.
 */
export type { AgentFields } from './agents/agent-fields.ts'
export { type AgentDetail, Agents, type AgentsPorts, type NewAgent } from './agents/agents.ts'
export { ANSWER_JOB, type AnswerJob } from './agents/answer-job.ts'
export { AnswerText, type AnswerTextPage, type AnswerTextPorts } from './agents/answer-text.ts'
export { type AnswerLease, type AnswerOutcome, AnswerTurns, type AnswerTurnsPorts } from './agents/answer-turns.ts'
export { Answers, type AnswersPorts, type PendingAnswerView } from './agents/answers.ts'
export { type BuiltinAgent, type Seed, type SeedPorts, seedWorkspace } from './agents/seed-workspace.ts'
export { bells, channelKey, channelOfKey } from './bells.ts'
export { type NewUpload, Uploads, type UploadsPorts } from './blobs/uploads.ts'
export type { Changes, ChannelEvent } from './channels/changes.ts'
export type { ChannelView, MemberView } from './channels/channel-view.ts'
export {
  type ChannelPatch,
  Channels,
  type ChannelsPorts,
  type NewMembers,
  type PreferencePatch,
} from './channels/channels.ts'
export {
  type AnswerInfo,
  type AnswerStatus,
  type Attachment,
  type ChannelMessage,
  type MessageMetadata,
  type MessageType,
  messageOf,
  type Notice,
} from './channels/message.ts'
export {
  type MessagePage,
  type MessagePageQuery,
  Messages,
  type MessagesPorts,
  type Posted,
} from './channels/messages.ts'
export type { NewChannel } from './channels/new-channel.ts'
export type { NewMessage } from './channels/new-message.ts'
export { Roster, type RosterMember, type RosterPorts } from './channels/roster.ts'
export { coreErrors } from './errors.ts'
export type { Caller, Person } from './identity/caller.ts'
export { LoginLimiter, type LoginLimits } from './identity/login-limiter.ts'
export { Names, namesOfAgent } from './identity/names.ts'
export { endSessionsOfOldOwnerKey, type OwnerKeyChangePorts } from './identity/owner-key-change.ts'
export { type NewPerson, People, type PeoplePorts, type PersonPatch } from './identity/people.ts'
export {
  type Client,
  type Login,
  Sessions,
  type SessionsOptions,
  type SessionsPorts,
  type SessionView,
} from './identity/sessions.ts'
export { Ledger } from './ledger.ts'
export {
  announce,
  DEFAULT_POLL_MS,
  Doorbell,
  type FollowOptions,
  followLog,
  type RetentionPorts,
  type RetentionRule,
  trimLog,
  type WaitPorts,
  waitForLog,
} from './log/index.ts'
export { Access, type Membership, reaches } from './policy/access.ts'
export { Audit, type AuditPorts, type DeniedTool } from './policy/audit.ts'
export { MessageRate } from './policy/message-rate.ts'
export type { Rate } from './policy/token-bucket.ts'
export { Presence, type PresenceChange } from './presence/presence.ts'
export type { ModelInfo, ProviderInput, ProviderKind, ProviderSecret, ProviderView } from './settings/provider.ts'
export {
  type ModelSettings,
  Settings,
  type SettingsOptions,
  type SettingsPatch,
  type SettingsPorts,
  type SettingsView,
} from './settings/settings.ts'
export { createStamps, type Stamps } from './stamps.ts'
export { type AnswerDelta, type AnswerPosition, startOfAnswer } from './streams/answer-buffer.ts'
export {
  type AnswerHead,
  type AnswerWriter,
  type LiveAnswer,
  LiveAnswers,
  type LiveAnswersOptions,
} from './streams/live-answers.ts'
