/** Rules of this repository for oxlint; configured in .oxlintrc.json. */
import { importBoundaries } from './import-boundaries.mjs'
import { noAmbientEnv } from './no-ambient-env.mjs'

export default {
  meta: { name: 'parley' },
  rules: { 'import-boundaries': importBoundaries, 'no-ambient-env': noAmbientEnv },
}
