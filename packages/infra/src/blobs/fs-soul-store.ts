import { readFile, rm, rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SoulStore } from '@parley/core/ports'
import { createFolder, isMissing, replaceFile } from '../files/durable.ts'
import { syncFolder } from '../files/sync-folder.ts'
import { fileErrors } from './errors.ts'

const AGENT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/

/** Personas at `workspace-{agentId}/SOUL.md` below the data folder, where people edit them too. Errors: `agent_id_invalid`. */
export class FsSoulStore implements SoulStore {
  readonly #dataFolder: string

  constructor(dataFolder: string) {
    this.#dataFolder = resolve(dataFolder)
  }

  async read(agentId: string): Promise<string> {
    const file = join(this.#folderOf(agentId), 'SOUL.md')
    try {
      return await readFile(file, 'utf8')
    } catch (error) {
      if (isMissing(error)) return ''
      throw error
    }
  }

  async write(agentId: string, text: string): Promise<void> {
    const folder = this.#folderOf(agentId)
    await createFolder(folder, 0o700)
    await replaceFile(join(folder, 'SOUL.md'), text, 0o600)
  }

  /** Takes the agent's folder too when nothing else is in it; memory and knowledge are not this store's to delete. */
  async remove(agentId: string): Promise<void> {
    const folder = this.#folderOf(agentId)
    await rm(join(folder, 'SOUL.md'), { force: true })
    try {
      await rmdir(folder)
      await syncFolder(this.#dataFolder)
    } catch (error) {
      if (isMissing(error)) return
      if ((error as { code?: string }).code !== 'ENOTEMPTY') throw error
      await syncFolder(folder)
    }
  }

  #folderOf(agentId: string): string {
    if (!AGENT_ID.test(agentId)) throw fileErrors.agent_id_invalid()
    return join(this.#dataFolder, `workspace-${agentId}`)
  }
}
