/** Where to go after the login: a path of this app, never another site and never the login itself. */
export function nextPlace(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/'
  const path = new URL(next, 'http://app.invalid')
  if (path.host !== 'app.invalid' || path.pathname === '/login') return '/'
  return path.pathname + path.search + path.hash
}
