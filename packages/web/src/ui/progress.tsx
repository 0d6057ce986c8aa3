/** How far something has come, 0 to 1. */
export function Progress({ value, label }: { value: number; label: string }) {
  return <progress aria-label={label} max={1} value={value} className="progress" />
}
