/** What a user agent string says about a device, as far as people recognise it. */
export interface Device {
  /** `Chrome`, `Safari` …; null when unknown. */
  readonly browser: string | null
  /** `Windows`, `macOS` …; null when unknown. */
  readonly system: string | null
  readonly kind: 'phone' | 'tablet' | 'computer' | 'program'
}

/** In this order: browsers name the ones they are compatible with as well. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\/|OPT\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\/|Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^(?:node|undici)\b/i, 'Node.js'],
  [/python/i, 'Python'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPad/, 'iPadOS'],
  [/iPhone|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

export function deviceOf(userAgent: string): Device {
  const first = (list: readonly (readonly [RegExp, string])[]): string | null =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  const system = first(systems)
  const browser = first(browsers)
  return { browser, system, kind: kindOf(userAgent, system) }
}

function kindOf(userAgent: string, system: string | null): Device['kind'] {
  if (system === 'iPadOS' || (system === 'Android' && !/Mobile/.test(userAgent))) return 'tablet'
  if (system === 'iOS' || system === 'Android' || system === 'HarmonyOS') return 'phone'
  return userAgent.startsWith('Mozilla/') ? 'computer' : 'program'
}
