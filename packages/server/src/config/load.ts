/** Settings in three steps: names and texts, one validated object, secrets apart. */
import { isAbsolute, resolve } from 'node:path'
import type { Config, LoadedConfig, Secrets } from './config.ts'
import { configErrors } from './errors.ts'
import { readConfigFile } from './file.ts'
import { type SettingName, settingDeclarations, settingNames } from './settings.ts'

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Working directory: where `parley.yaml` is looked for and relative paths start. */
  readonly directory: string
}

type Values = { [Name in SettingName]: ReturnType<(typeof settingDeclarations)[Name]['schema']['parse']> | undefined }

const OPENAI_URL = 'https://api.openai.com/v1'

/**
 * Reads environment and file, the environment winning. Empty values count as absent.
 * Errors: `setting_unknown`, `setting_invalid`, `config_file_missing`, `config_file_invalid`.
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  refuseUnknownNames(sources.env)
  const file = await readConfigFile(sources.directory, sources.env.PARLEY_CONFIG)
  const texts: Partial<Record<SettingName, { text: string; source: string }>> = {}
  for (const name of settingNames) {
    const fromEnv = sources.env[name]
    const fromFile = file.values[name]
    if (fromEnv !== undefined && fromEnv !== '') texts[name] = { text: fromEnv, source: 'the environment' }
    else if (fromFile !== undefined && fromFile !== '') texts[name] = { text: fromFile, source: file.path }
  }
  return freeze(toConfig(parseAll(texts), sources))
}

function refuseUnknownNames(env: ConfigSources['env']): void {
  const known = new Set<string>([...settingNames, 'PARLEY_CONFIG'])
  for (const name of Object.keys(env)) {
    if (!name.startsWith('PARLEY_') || known.has(name)) continue
    const list = [...known].filter((each) => each.startsWith('PARLEY_')).join(', ')
    throw configErrors.setting_unknown({ details: { source: 'The environment', name, known: list } })
  }
}

function parseAll(texts: Partial<Record<SettingName, { text: string; source: string }>>): Values {
  const values: Record<string, unknown> = {}
  for (const name of settingNames) {
    const declaration: { schema: (typeof settingDeclarations)[SettingName]['schema']; fallback?: string } =
      settingDeclarations[name]
    const given =
      texts[name] ??
      (declaration.fallback === undefined ? undefined : { text: declaration.fallback, source: 'the defaults' })
    if (given === undefined) continue
    const result = declaration.schema.safeParse(given.text)
    if (!result.success) {
      const problem = result.error.issues[0]?.message ?? 'It is not valid.'
      throw configErrors.setting_invalid({
        details: { name, source: given.source, problem, allowed: settingDeclarations[name].allowed },
      })
    }
    values[name] = result.data
  }
  return values as Values
}

/** POSIX order: the first one that is set decides. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: ConfigSources['env']): Config['language'] {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('zh') ? 'zh-CN' : 'en'
}

function toConfig(values: Values, { directory, env }: ConfigSources): { config: Config; secrets: Secrets } {
  const data = values.PARLEY_DATA as string
  const modelKey = values.OPENAI_API_KEY
  return {
    config: {
      host: values.PARLEY_HOST as string,
      port: values.PARLEY_PORT as number,
      dataDirectory: isAbsolute(data) ? data : resolve(directory, data),
      publicUrl: values.PARLEY_PUBLIC_URL,
      logLevel: values.PARLEY_LOG_LEVEL as Config['logLevel'],
      messageRate: values.PARLEY_MESSAGE_RATE as Config['messageRate'],
      language: languageOf(env),
      models: {
        baseUrl: values.OPENAI_BASE_URL ?? (modelKey === undefined ? undefined : OPENAI_URL),
        defaultModel: values.PARLEY_DEFAULT_MODEL,
      },
    },
    secrets: { ownerKey: values.OWNER_KEY, modelKey },
  }
}

function freeze(loaded: LoadedConfig): LoadedConfig {
  Object.freeze(loaded.config.messageRate)
  Object.freeze(loaded.config.models)
  Object.freeze(loaded.config)
  Object.freeze(loaded.secrets)
  return Object.freeze(loaded)
}
