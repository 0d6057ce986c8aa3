import { isParleyError, parseJson } from '@parley/base'
import type { FastifyInstance } from 'fastify'
import { hostErrors } from '../errors.ts'

/** JSON is the only body type of plain routes. An empty body is no body. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') {
      done(null, undefined)
      return
    }
    try {
      done(null, parseJson(text as string))
    } catch (error) {
      done(isParleyError(error) && error.code === 'json_invalid' ? hostErrors.body_not_json() : (error as Error))
    }
  })
}
