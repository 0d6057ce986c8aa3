/** Lint rule: the environment is read in one place and handed on as typed configuration. */

const MESSAGE = 'Read the environment in config/ or main.ts and pass the value on.'

/** @param {any} node */
const isProcess = (node) => node?.type === 'Identifier' && node.name === 'process'

/** @param {any} property */
const isEnvKey = (property) => property?.key?.name === 'env' || property?.key?.value === 'env'

export const noAmbientEnv = {
  meta: { type: 'problem', docs: { description: 'No process.env outside configuration and entry points' } },
  /** @param {any} context */
  create(context) {
    return {
      /** @param {any} node */
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name
        if (isProcess(node.object) && name === 'env') context.report({ node, message: MESSAGE })
      },
      /** @param {any} node */
      VariableDeclarator(node) {
        if (!isProcess(node.init) || node.id.type !== 'ObjectPattern') return
        if (node.id.properties.some(isEnvKey)) context.report({ node, message: MESSAGE })
      },
      /** @param {any} node */
      ImportDeclaration(node) {
        if (node.source.value === 'node:process' || node.source.value === 'process')
          context.report({ node, message: MESSAGE })
      },
    }
  },
}
