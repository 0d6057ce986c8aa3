/** A short, soft two-tone sound, made on the spot so that no file has to load. */
export function playChime(): void {
  const context = new AudioContext()
  const start = context.currentTime
  for (const [index, frequency] of [660, 880].entries()) {
    const at = start + index * 0.11
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'sine'
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.12, at + 0.015)
    volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.32)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.34)
  }
  setTimeout(() => void context.close(), 900)
}
