/** The chat somebody had open last on this device, so that the app opens where they left it. */
const key = (userId: string): string => `parley:last-channel:${userId}`

export function rememberChannel(userId: string, channelId: string): void {
  try {
    localStorage.setItem(key(userId), channelId)
  } catch {
    // Blocked storage: the app opens with the list.
  }
}

export function lastChannel(userId: string): string | null {
  try {
    return localStorage.getItem(key(userId))
  } catch {
    return null
  }
}
