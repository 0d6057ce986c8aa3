import { z } from 'zod'
import { defineTool, type Tool } from '../tool.ts'

/** Milliseconds a colleague may take, with its own tools. */
const TIMEOUT = 300_000

/** Lets an agent ask a colleague for help and use the answer in its own. */
export const callAgentTool: Tool = defineTool({
  name: 'call_agent',
  description:
    'Asks another agent to do a task and returns its answer to you. The other agent sees only the task, not the conversation: put everything it needs into the task.',
  schema: z.object({
    agent: z.string().min(1).max(100).describe('Name or id of the agent'),
    task: z.string().min(1).max(20_000).describe('What to do, with all texts and facts needed'),
  }),
  timeout: TIMEOUT,
  handler: ({ agent, task }, context) => context.askAgent(agent, task),
}) as Tool
