export const MAX_UPLOAD_MIB = 20
/** Largest uploaded file (spec/workspace §5). */
export const MAX_UPLOAD_BYTES = MAX_UPLOAD_MIB * 1_048_576
