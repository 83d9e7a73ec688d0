export { DEMO_LAST_DATE, DEMO_SOURCE, type DemoOptions, demoMarket } from './demo-market.js'
export { DEMO_PREFIX } from './listings.js'
