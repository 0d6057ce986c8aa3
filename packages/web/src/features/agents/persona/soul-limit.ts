/** Characters of a persona the server takes. */
export const SOUL_LIMIT = 64_000
