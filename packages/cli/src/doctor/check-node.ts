import type { Finding } from './finding.ts'

/** Oldest Node the dependencies support (undici 8). */
const OLDEST = [22, 19] as const

/** @param version as in `process.versions.node` */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const subject = 'node'
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
    return { level: 'ok', subject, text: `Node ${version}.` }
  }
  return {
    level: 'problem',
    subject,
    text: `Node ${version} is older than ${OLDEST.join('.')}.`,
    advice: 'start through "npm start" or "npx parley", which bring their own Node',
  }
}
