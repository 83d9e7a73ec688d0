export { ERROR_CODES, type ErrorCode } from './codes.js'
export { type ErrorDetails, isRalphError, RalphError, requireInteger } from './ralph-error.js'
