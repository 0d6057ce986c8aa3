/** Emoji offered for avatars: faces and things that are told apart at 20 px. */
export const agentEmoji: readonly string[] = [
  ...'🤖 🧭 🔎 📊 🎓 📝 🎧 ✍️ 🌐 💻 🧪 🛠️ 📚 🗂️ 📈 🧮 🗓️ 📰 💡 🎨 🎬 🎵 🏗️ ⚖️ 🩺 💰 🛒 ✈️ 🍳 🌱 🔐 🚀 🦉 🦊 🐙 🐝 🐼 🦁 🐬 🦄'.split(
    ' ',
  ),
]

export const personEmoji: readonly string[] = [
  ...'🙂 😎 🤓 🥳 😺 🦊 🐼 🐨 🦁 🐯 🐸 🐵 🐧 🦉 🦄 🐙 🐝 🐬 🐳 🌵 🌻 🍀 🍁 🍄 🍎 🍉 🍵 ☕ ⚽ 🏀 🎸 🎹 🎨 🚲 ⛵ 🏔️ 🌊 🔥 ⭐ 🌙'.split(
    ' ',
  ),
]

/** The first grapheme of what was typed, when it is an emoji. */
export function firstEmoji(text: string): string | null {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.trim())
  return first !== undefined && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(first.segment)
    ? first.segment
    : null
}
