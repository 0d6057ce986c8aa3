import { useNavigate } from '@tanstack/react-router'
import { Avatar } from '../../../ui/avatar.tsx'
import type { Face } from '../../chats/channel-face.ts'

/** The avatar beside a message; leads to the agent or person. */
export function SpeakerFace({ face }: { face: Face }) {
  const navigate = useNavigate()
  const open = (): void => {
    if (face.agentId) void navigate({ to: '/agents/$agentId', params: { agentId: face.agentId } })
    else if (face.userId) void navigate({ to: '/people/$personId', params: { personId: face.userId } })
  }
  return (
    <button
      type="button"
      onClick={open}
      aria-label={face.name}
      tabIndex={-1}
      className="block h-fit rounded-md transition-opacity hover:opacity-85"
    >
      <Avatar id={face.id} name={face.name} avatar={face.avatar} shape={face.shape ?? 'round'} size={36} />
    </button>
  )
}
