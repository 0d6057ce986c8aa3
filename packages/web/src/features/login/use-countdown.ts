import { useEffect, useState } from 'react'

/** Seconds left of a wait, counting down to 0; `start` begins one. */
export function useCountdown(): { left: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (until === 0) return
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      setLeft(seconds)
      if (seconds === 0) setUntil(0)
    }, 250)
    return () => clearInterval(timer)
  }, [until])
  return {
    left,
    start: (seconds) => {
      setLeft(seconds)
      setUntil(Date.now() + seconds * 1000)
    },
  }
}
