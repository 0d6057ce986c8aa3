import { useState } from 'react'
import { initialOf, tintClass } from './avatar-tint.ts'
import { cx } from './classes.ts'

export type AvatarSize = 20 | 24 | 32 | 36 | 40 | 48 | 64 | 88

export interface AvatarProps {
  /** Decides the tint. */
  id: string
  name: string
  /** An emoji, an image URL, or empty for the initial. */
  avatar: string
  size?: AvatarSize
  /** `square` marks agents and groups, `round` people. */
  shape?: 'round' | 'square'
  /** Draws a presence dot. */
  presence?: 'online' | 'offline' | 'busy' | 'disabled' | undefined
  className?: string
}

const boxes: Record<AvatarSize, string> = {
  20: 'size-5 text-[11px]',
  24: 'size-6 text-[13px]',
  32: 'size-8 text-[16px]',
  36: 'size-9 text-[18px]',
  40: 'size-10 text-[20px]',
  48: 'size-12 text-[24px]',
  64: 'size-16 text-[32px]',
  88: 'size-22 text-[44px]',
}
const corners: Record<AvatarSize, string> = {
  20: 'rounded-sm',
  24: 'rounded-sm',
  32: 'rounded-[9px]',
  36: 'rounded-md',
  40: 'rounded-md',
  48: 'rounded-[12px]',
  64: 'rounded-lg',
  88: 'rounded-[20px]',
}
const dots = { online: 'bg-success-mark', busy: 'bg-warn-mark', offline: 'bg-control', disabled: 'bg-control' } as const

/** Somebody's face. Decorative: the name stands beside it or in the label of the control around it. */
export function Avatar({ id, name, avatar, size = 36, shape = 'round', presence, className }: AvatarProps) {
  const [broken, setBroken] = useState('')
  const isImage = /^(\/|https?:|data:image\/|blob:)/.test(avatar)
  const corner = shape === 'round' ? 'rounded-full' : corners[size]
  return (
    <span aria-hidden="true" className={cx('relative inline-flex shrink-0', boxes[size], className)}>
      {isImage && broken !== avatar ? (
        <img
          src={avatar}
          alt=""
          draggable={false}
          onError={() => setBroken(avatar)}
          className={cx('size-full bg-active object-cover', corner)}
        />
      ) : (
        <span
          className={cx('flex size-full items-center justify-center leading-none select-none', corner, tintClass(id))}
        >
          {isImage || avatar === '' ? <span className="text-[0.78em] font-semibold">{initialOf(name)}</span> : avatar}
        </span>
      )}
      {presence && presence !== 'offline' && presence !== 'disabled' ? (
        <span
          className={cx(
            'absolute size-2.5 rounded-full ring-2 ring-canvas',
            shape === 'round' ? 'right-0 bottom-0' : '-right-0.5 -bottom-0.5',
            dots[presence],
          )}
        />
      ) : null}
    </span>
  )
}
