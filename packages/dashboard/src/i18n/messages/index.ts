import { COMMON } from './common.js'
import { MARKET } from './market.js'
import { SCAN } from './scan.js'
import { SIGNALS } from './signals.js'
import { STOCK } from './stock.js'
import { SYSTEM } from './system.js'

/** Every text of the page that is not the service's. */
export const MESSAGES = { ...COMMON, ...MARKET, ...SIGNALS, ...STOCK, ...SCAN, ...SYSTEM }
export type MessageId = keyof typeof MESSAGES
