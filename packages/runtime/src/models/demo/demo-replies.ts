/** What the built-in guide says. It never pretends to understand more than a few key words. */

export type DemoLanguage = 'zh' | 'en'

export function languageOf(text: string): DemoLanguage {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
}

/** The few things the guide recognises in a question. */
export type DemoTopic = 'time' | 'example' | 'setup' | 'greeting' | 'other'

const TOPICS: readonly (readonly [RegExp, DemoTopic])[] = [
  [/几点|时间|日期|几号|星期几|周几|what time|the time|time is it|current time|what date|the date|what day/i, 'time'],
  [/例子|示例|举例|样例|格式|代码|列表|表格|markdown|example|sample|code|list|table/i, 'example'],
  [/配置|设置|连接|接入|模型|怎么用|如何使用|set ?up|connect|configure|model|how do i|how to/i, 'setup'],
  [/^\W*(你好|您好|嗨|哈喽|早上好|晚上好|hi|hello|hey|good (morning|evening))\b|^\W*(你好|您好|嗨)/i, 'greeting'],
]

export function topicOf(question: string): DemoTopic {
  return TOPICS.find(([pattern]) => pattern.test(question))?.[1] ?? 'other'
}

const SETUP: Readonly<Record<DemoLanguage, string>> = {
  zh: `要让我真正会思考，请管理员打开 **设置 → 模型**，连接一个真实模型，任选其一：

- **LM Studio**：启动它的本地服务（默认地址 \`http://127.0.0.1:1234\`），在设置里点“测试”即可看到模型
- **Ollama**：运行 \`ollama serve\`（默认地址 \`http://127.0.0.1:11434\`）
- **任何兼容 OpenAI 的接口**：填写地址和 API 密钥，DeepSeek、通义千问、OpenRouter 等都可以

保存后选一个默认模型，下一条消息就会由它来回答。`,
  en: `To get real answers, an administrator opens **Settings → Models** and connects a model. Any of these will do:

- **LM Studio**: start its local server (usually \`http://127.0.0.1:1234\`), then press "Test" in the settings to see its models
- **Ollama**: run \`ollama serve\` (usually \`http://127.0.0.1:11434\`)
- **Any OpenAI-compatible URL**: enter its address and API key; OpenAI, DeepSeek, OpenRouter and many others work

Save, pick a default model, and the next message is answered by it.`,
}

const DEMO: Readonly<Record<DemoLanguage, string>> = {
  zh: '我是内置的演示模型，没有智能，只会说几句固定的话，不能真正理解或回答问题。',
  en: 'I am the built-in demo model: I have no intelligence, only a few fixed phrases, and cannot really understand or answer questions.',
}

const EXAMPLE: Readonly<Record<DemoLanguage, string>> = {
  zh: `好的，这是一段固定的格式示例，真实模型的回答会这样显示：

### 列表

1. 第一步：写下想法
2. 第二步：请同事补充
3. 第三步：整理成文

### 代码

\`\`\`ts
function greet(name: string): string {
  return \`你好，\${name}！\`
}
\`\`\`

### 表格

| 功能 | 状态 |
| --- | --- |
| 流式输出 | 可用 |
| 工具调用 | 可用（问我“现在几点”试试） |`,
  en: `Here is a fixed sample, so that you can see how answers are shown:

### A list

1. Write the idea down
2. Ask a colleague to add to it
3. Turn it into a text

### Some code

\`\`\`ts
function greet(name: string): string {
  return \`Hello, \${name}!\`
}
\`\`\`

### A table

| Feature | State |
| --- | --- |
| Streaming | works |
| Tools | work (ask me what time it is) |`,
}

/** The whole reply to a question; `time` is what the current_time tool said, if it was asked. */
export function demoReply(question: string, time: string | undefined): string {
  const language = languageOf(question)
  const topic = topicOf(question)
  if (time !== undefined) {
    return language === 'zh'
      ? `我刚才调用了 \`current_time\` 工具，它的结果是：\n\n> ${time}\n\n工具是真的，我不是。${DEMO.zh}\n\n${SETUP.zh}`
      : `I have just called the \`current_time\` tool. It says:\n\n> ${time}\n\nThe tool is real, I am not. ${DEMO.en}\n\n${SETUP.en}`
  }
  const parts = [opening(language, topic, question), DEMO[language]]
  if (topic === 'example') parts.push(EXAMPLE[language])
  if (topic === 'time') parts.push(noTimeTool(language))
  parts.push(SETUP[language])
  return parts.join('\n\n')
}

function opening(language: DemoLanguage, topic: DemoTopic, question: string): string {
  const quote = quoted(question)
  if (language === 'zh') {
    if (topic === 'greeting') return '你好！很高兴见到你。'
    return quote === '' ? '收到你的消息了。' : `收到你的消息：“${quote}”。`
  }
  if (topic === 'greeting') return 'Hello! Nice to meet you.'
  return quote === '' ? 'I received your message.' : `I received your message: “${quote}”.`
}

function noTimeTool(language: DemoLanguage): string {
  return language === 'zh'
    ? '我没有被授予 `current_time` 工具，所以查不到时间；在智能体的设置里可以授予它。'
    : 'I was not granted the `current_time` tool, so I cannot look up the time; it can be granted in the settings of the agent.'
}

/** The start of the question on one line, without anything that formats or mentions. */
function quoted(question: string): string {
  const line = question
    .replace(/[@＠`*_#<>[\]\\|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const points = Array.from(line)
  return points.length > 60 ? `${points.slice(0, 60).join('')}…` : line
}
