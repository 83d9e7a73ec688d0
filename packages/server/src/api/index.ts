/**
 * The public shapes of the service: what its REST answers and its socket messages look like. Nothing but
 * zod is imported here, so that a browser can use it.
 */
export * from '../ws/protocol.js'
export * from './card.js'
export * from './envelope.js'
export * from './market.js'
export * from './metrics.js'
export * from './news.js'
export * from './performance.js'
export * from './scalars.js'
export * from './scans.js'
export * from './signals.js'
export * from './stocks.js'
export * from './system.js'
