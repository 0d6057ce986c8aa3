import agents from './agents.ts'
import chat from './chat.ts'
import common from './common.ts'
import composer from './composer.ts'
import details from './details.ts'
import errors from './errors.ts'
import login from './login.ts'
import markdown from './markdown.ts'
import people from './people.ts'
import settings from './settings.ts'
import shell from './shell.ts'

export default { agents, chat, common, composer, details, errors, login, markdown, people, settings, shell }
