/** The people and agents of a test, made through the public API. */
import { type AgentDetail, createAgent, createUser, type Person, type Role } from '@parley/protocol/workspace'
import { WorkspaceClient } from '../workspace/client.ts'

export interface CastPerson {
  readonly client: WorkspaceClient
  readonly user: Person
  readonly accessKey: string
}

type AgentFields = Partial<Pick<AgentDetail, 'id' | 'avatar' | 'description' | 'model' | 'soul'>> & {
  readonly tools?: string[]
  readonly aliases?: string[]
}

export class Cast {
  readonly #owner: WorkspaceClient
  #made = 0

  constructor(owner: WorkspaceClient) {
    this.#owner = owner
  }

  /** Adds a person and logs them in with their access key. The name gets a number, so that tests may share a server. */
  async person(name = 'Person', role: Exclude<Role, 'owner'> = 'member'): Promise<CastPerson> {
    const body = { name: `${name} ${++this.#made}`, role }
    const { user, accessKey } = await this.#owner.call(createUser, { body })
    return { client: await new WorkspaceClient(this.#owner.baseUrl).login(accessKey), user, accessKey }
  }

  /** Creates an agent. Names are taken as they are: pass a free one. */
  async agent(name: string, fields: AgentFields = {}): Promise<AgentDetail> {
    return (await this.#owner.call(createAgent, { body: { name, ...fields } })).agent
  }

  /** A name nobody has yet. */
  name(base: string): string {
    return `${base}${++this.#made}`
  }
}
