import i18next from 'i18next'

/** `38 ms`, `1.2 s`. */
export function formatLatency(milliseconds: number): string {
  const short = milliseconds < 1000
  return new Intl.NumberFormat(i18next.language, {
    style: 'unit',
    unit: short ? 'millisecond' : 'second',
    unitDisplay: 'short',
    maximumFractionDigits: short ? 0 : 1,
  }).format(short ? Math.max(1, Math.round(milliseconds)) : milliseconds / 1000)
}
