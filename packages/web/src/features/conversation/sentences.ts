/** Where the last finished sentence behind `from` ends; `from` itself when none has. Chinese and Western marks; blocks of code count as they are. */
export function finishedSentences(text: string, from: number): number {
  const pattern = /[.!?](?=\s)|[。！？]|\n{2,}/g
  pattern.lastIndex = from
  let end = from
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) end = match.index + match[0].length
  return end
}
