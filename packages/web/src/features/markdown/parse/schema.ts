/** The elements and attributes a message may produce: the last gate before anything is drawn. */
import type { Schema } from 'hast-util-sanitize'

export const allowed: Schema = {
  tagNames: [
    ...'a b blockquote br code del details em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s'.split(' '),
    ...'small span strong sub summary sup table tbody td th thead tr u ul wbr div'.split(' '),
  ],
  attributes: {
    a: ['href', 'title', ['dataFootnote', /^[\w-]*$/], 'id'],
    code: [['className', /^language-[^\s<>"']{1,60}$/, 'math-inline', 'math-display'], 'dataMeta'],
    div: [['dataFootnote', /^[\w-]*$/], 'id'],
    img: ['src', 'alt', 'title'],
    input: [['type', 'checkbox'], 'checked', ['disabled', true]],
    li: [['className', 'task-list-item']],
    ol: ['start'],
    span: ['dataMention'],
    td: [['align', 'left', 'center', 'right']],
    th: [['align', 'left', 'center', 'right']],
    ul: [['className', 'contains-task-list']],
  },
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data'] },
  required: { input: { disabled: true, type: 'checkbox' } },
  clobber: ['id'],
  clobberPrefix: '',
  strip: ['script', 'style'],
}
