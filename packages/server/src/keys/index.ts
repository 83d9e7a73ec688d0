export { createKey, type KeyFacts } from './create-key.js'
export { KEY_CACHE_MS } from './key-ring.js'
export { assertMayListen, isLoopback } from './may-listen.js'
