#!/usr/bin/env node
// What npm links as `parley`. Plain JavaScript: it runs before anything is built, on whatever Node there is.
import '../../../scripts/parley.mjs'
