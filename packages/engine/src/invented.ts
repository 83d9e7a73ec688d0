import { DEMO_SOURCE } from './demo/index.js'

/** Who says so, in a store, when Kiwoom's simulator was asked. */
export const SIMULATOR_SOURCE = 'kiwoom-simulator'

const INVENTED: readonly string[] = [DEMO_SOURCE, SIMULATOR_SOURCE]

/** Those of a store's sources whose stocks and prices are invented. */
export function inventedAmong(sources: readonly string[]): string[] {
  return sources.filter((source) => INVENTED.includes(source))
}
