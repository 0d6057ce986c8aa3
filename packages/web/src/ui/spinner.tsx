import { LoaderCircle } from 'lucide-react'
import { Icon } from './icon.tsx'

/** Turns while something of unknown length goes on. Say in words nearby what that is. */
export function Spinner({ size = 16, className }: { size?: number; className?: string }) {
  return <Icon icon={LoaderCircle} size={size} className={`animate-spin ${className ?? ''}`} />
}
