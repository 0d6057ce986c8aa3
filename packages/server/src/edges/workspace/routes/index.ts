/** Every route of the Workspace contract with its handler. A test compares this list with the contract. */
import type { Agents, Answers, AnswerText, Channels, Messages, People, Sessions, Settings, Uploads } from '@parley/core'
import type { ModelDirectory } from '../model-directory.ts'
import type { BoundRoute } from '../route-handler.ts'
import type { SessionCookie } from '../session-cookie.ts'
import type { UploadGate } from '../uploads/upload-gate.ts'
import type { Liveness } from '../wire/channel.ts'
import { createAgentRoute } from './agents/create.ts'
import { deleteAgentRoute } from './agents/delete.ts'
import { getAgentRoute } from './agents/get.ts'
import { listAgentsRoute } from './agents/list.ts'
import { getSoulRoute, putSoulRoute } from './agents/soul.ts'
import { updateAgentRoute } from './agents/update.ts'
import { listAnswersRoute, readAnswerRoute } from './answers/list.ts'
import { retryAnswerRoute } from './answers/retry.ts'
import { stopAnswerRoute } from './answers/stop.ts'
import { stopChannelRoute } from './answers/stop-channel.ts'
import { addMembersRoute } from './channels/add-members.ts'
import { createChannelRoute } from './channels/create.ts'
import { deleteChannelRoute } from './channels/delete.ts'
import { getChannelRoute, listMembersRoute } from './channels/get.ts'
import { listChannelsRoute } from './channels/list.ts'
import { putChannelPreferencesRoute } from './channels/preferences.ts'
import { markReadRoute } from './channels/read.ts'
import { removeMemberRoute } from './channels/remove-member.ts'
import { updateChannelRoute } from './channels/update.ts'
import { uploadRoute } from './files/upload.ts'
import { deleteMessageRoute } from './messages/delete.ts'
import { editMessageRoute } from './messages/edit.ts'
import { listMessagesRoute } from './messages/list.ts'
import { postMessageRoute } from './messages/post.ts'
import { ragQueryRoute } from './rag/query.ts'
import { ragUploadRoute } from './rag/upload.ts'
import { listSessionsRoute } from './session/list.ts'
import { loginRoute } from './session/login.ts'
import { logoutRoute } from './session/logout.ts'
import { meRoute } from './session/me.ts'
import { revokeSessionRoute } from './session/revoke.ts'
import { getSettingsRoute } from './settings/get.ts'
import { testProviderRoute } from './settings/test-provider.ts'
import { updateSettingsRoute } from './settings/update.ts'
import { createUserRoute } from './users/create.ts'
import { deleteUserRoute, renewAccessKeyRoute } from './users/delete.ts'
import { listUsersRoute } from './users/list.ts'
import { updateUserRoute } from './users/update.ts'

/** Each handler is given the ones it uses, never the whole. */
export interface WorkspaceUseCases {
  readonly sessions: Sessions
  readonly people: People
  readonly agents: Agents
  readonly channels: Channels
  readonly messages: Messages
  readonly answers: Answers
  readonly answerText: AnswerText
  readonly uploads: Uploads
  readonly uploadGate: UploadGate
  readonly settings: Settings
  readonly models: ModelDirectory
  readonly liveness: Liveness
}

export function bindRoutes(useCases: WorkspaceUseCases, cookie: SessionCookie): readonly BoundRoute[] {
  const { sessions, people, agents, channels, messages, answers, answerText } = useCases
  const { uploads, uploadGate, settings, models, liveness } = useCases
  return [
    loginRoute(sessions, cookie),
    logoutRoute(sessions, cookie),
    meRoute(people, settings, liveness, cookie),
    listSessionsRoute(sessions),
    revokeSessionRoute(sessions),
    listUsersRoute(people, liveness),
    createUserRoute(people, liveness),
    updateUserRoute(people, liveness),
    deleteUserRoute(people),
    renewAccessKeyRoute(people),
    listMessagesRoute(messages),
    postMessageRoute(messages),
    editMessageRoute(messages, answers),
    deleteMessageRoute(messages),
    listAnswersRoute(answers),
    readAnswerRoute(answerText),
    retryAnswerRoute(answers),
    stopAnswerRoute(answers),
    stopChannelRoute(answers),
    listAgentsRoute(agents, liveness),
    getAgentRoute(agents, liveness),
    createAgentRoute(agents, liveness),
    updateAgentRoute(agents, liveness),
    deleteAgentRoute(agents),
    getSoulRoute(agents),
    putSoulRoute(agents),
    listChannelsRoute(channels),
    createChannelRoute(channels),
    getChannelRoute(channels),
    updateChannelRoute(channels),
    deleteChannelRoute(channels),
    listMembersRoute(channels, liveness),
    addMembersRoute(channels),
    removeMemberRoute(channels),
    markReadRoute(channels),
    putChannelPreferencesRoute(channels),
    uploadRoute(uploads, uploadGate),
    getSettingsRoute(settings, models),
    updateSettingsRoute(settings),
    testProviderRoute(settings, models),
    ragUploadRoute(),
    ragQueryRoute(),
  ]
}
