export type { Api } from './api.js'
export { errorResponses, type Good, ok } from './responses.js'
