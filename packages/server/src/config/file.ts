/** `parley.yaml`: the same settings under the same names. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { configErrors } from './errors.ts'
import { type SettingName, settingNames } from './settings.ts'

export interface ConfigFile {
  readonly path: string
  readonly values: Readonly<Partial<Record<SettingName, string>>>
}

/** Reads the file named by PARLEY_CONFIG, or `parley.yaml` if there is one. */
export async function readConfigFile(directory: string, named: string | undefined): Promise<ConfigFile> {
  const path = resolve(directory, named === undefined || named === '' ? 'parley.yaml' : named)
  const text = await readIfPresent(path)
  if (text === undefined) {
    if (named !== undefined && named !== '') throw configErrors.config_file_missing({ details: { path } })
    return { path, values: {} }
  }
  return { path, values: toValues(path, await parseYaml(path, text)) }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw configErrors.config_file_invalid({ details: { path, problem: (error as Error).message }, cause: error })
  }
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  // Loaded on demand: most installations have no file, and the parser would cost each start some 40 ms.
  const { parse } = await import('yaml')
  try {
    return parse(text)
  } catch (cause) {
    // The parser's message quotes the line, which may hold a key.
    const at = (cause as { linePos?: readonly { line: number }[] }).linePos?.[0]?.line
    const problem = at === undefined ? 'it is not YAML.' : `line ${at} is not YAML.`
    throw configErrors.config_file_invalid({ details: { path, problem }, cause })
  }
}

function toValues(path: string, document: unknown): Partial<Record<SettingName, string>> {
  if (document === null || document === undefined) return {}
  if (typeof document !== 'object' || Array.isArray(document)) {
    throw configErrors.config_file_invalid({ details: { path, problem: 'it is not a list of "NAME: value" lines.' } })
  }
  const values: Partial<Record<SettingName, string>> = {}
  for (const [name, value] of Object.entries(document)) {
    if (!(settingNames as readonly string[]).includes(name)) {
      throw configErrors.setting_unknown({ details: { source: path, name, known: settingNames.join(', ') } })
    }
    if (value === null) continue
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw configErrors.config_file_invalid({ details: { path, problem: `${name} is not a text or a number.` } })
    }
    values[name as SettingName] = String(value)
  }
  return values
}
