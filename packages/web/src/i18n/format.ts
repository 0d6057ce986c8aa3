/** Dates, numbers and sizes by locale. Formatters are cached: making an Intl object costs more than using it. */
import i18next from 'i18next'

const cache = new Map<string, unknown>()

function cached<T>(key: string, make: (locale: string) => T): T {
  const locale = i18next.language
  const full = `${locale} ${key}`
  let found = cache.get(full) as T | undefined
  if (found === undefined) {
    found = make(locale)
    cache.set(full, found)
  }
  return found
}

const dateFormat = (key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  cached(key, (locale) => new Intl.DateTimeFormat(locale, options))

/** `14:05`. */
export function formatTime(iso: string | number): string {
  return dateFormat('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso))
}

/** `Wednesday, 5 March 2026, 14:05:09`: for titles of shortened times. */
export function formatFull(iso: string | number): string {
  return dateFormat('full', { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(iso))
}

/** `5 Mar 2026, 14:05`. */
export function formatDateTime(iso: string | number): string {
  return dateFormat('datetime', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** Heading of a day: `Today`, `Yesterday`, `Monday, 3 March`, with the year when it is another one. */
export function formatDay(iso: string | number, now: number = Date.now()): string {
  const date = new Date(iso)
  const days = dayNumber(now) - dayNumber(date.getTime())
  if (days === 0 || days === 1) return capitalise(relative('day', -days))
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(sameYear ? 'day' : 'day-year', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date)
}

/** Short moment for lists: the time today, `Yesterday`, the weekday within a week, else the date. */
export function formatMoment(iso: string | number, now: number = Date.now()): string {
  const date = new Date(iso)
  const days = dayNumber(now) - dayNumber(date.getTime())
  if (days <= 0) return formatTime(iso)
  if (days === 1) return capitalise(relative('day', -1))
  if (days < 7) return dateFormat('weekday', { weekday: 'short' }).format(date)
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(sameYear ? 'date' : 'date-year', {
    day: 'numeric',
    month: sameYear ? 'short' : 'numeric',
    ...(sameYear ? {} : { year: '2-digit' }),
  }).format(date)
}

/** `3 minutes ago`, `in 2 days`. */
export function formatRelative(iso: string | number, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  const size = Math.abs(seconds)
  if (size < 60) return relative('second', Math.round(seconds))
  if (size < 3600) return relative('minute', Math.round(seconds / 60))
  if (size < 86_400) return relative('hour', Math.round(seconds / 3600))
  return relative('day', Math.round(seconds / 86_400))
}

export function formatNumber(value: number): string {
  return cached('number', (locale) => new Intl.NumberFormat(locale)).format(value)
}

/** `1.4 MB`; decimal units as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const unit = units[step] ?? 'byte'
  return cached(
    `bytes ${unit}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: step > 0 ? 1 : 0,
      }),
  ).format(bytes / 1000 ** step)
}

/** Milliseconds as `0.8 s`, `12 s` or `3 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  const unit = (name: 'second' | 'minute', digits: number): Intl.NumberFormat =>
    cached(
      `duration ${name} ${digits}`,
      (locale) =>
        new Intl.NumberFormat(locale, {
          style: 'unit',
          unit: name,
          unitDisplay: 'short',
          maximumFractionDigits: digits,
        }),
    )
  if (seconds < 10) return unit('second', 1).format(Math.round(seconds * 10) / 10)
  if (seconds < 60) return unit('second', 0).format(Math.floor(seconds))
  return `${unit('minute', 0).format(Math.floor(seconds / 60))} ${unit('second', 0).format(Math.floor(seconds) % 60)}`
}

/** `Ada, Bo and Cy`. */
export function formatList(names: readonly string[]): string {
  return cached('list', (locale) => new Intl.ListFormat(locale, { type: 'conjunction' })).format(names)
}

/** Compares names as people of the language sort them; digits by value. */
export function compareNames(a: string, b: string): number {
  return cached('names', (locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })).compare(a, b)
}

/** Days since the epoch in local time: equal for two moments of the same calendar day. */
export function dayNumber(milliseconds: number): number {
  const date = new Date(milliseconds)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

function relative(unit: Intl.RelativeTimeFormatUnit, value: number): string {
  return cached('relative', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(value, unit)
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase(i18next.language) + text.slice(1)
}
