import type { LiveFeed as BrokerFeed } from '@ralph-stock/adapters-kiwoom'
import type { Clock } from '@ralph-stock/core'
import type { LiveDesk } from '@ralph-stock/engine'

/** The broker's codes of the indexes that the service follows. */
export const INDEX_CODES = { KOSPI: '001', KOSDAQ: '101' } as const

const INDEX_NAMES = new Map<string, keyof typeof INDEX_CODES>([
  [INDEX_CODES.KOSPI, 'KOSPI'],
  [INDEX_CODES.KOSDAQ, 'KOSDAQ'],
])

/** Feeds the broker's index values to a desk. */
export function followIndexes(
  feed: Pick<BrokerFeed, 'on'>,
  desk: Pick<LiveDesk, 'index'>,
  clock: Clock,
): { lastAt(): number | null; stop(): void } {
  let lastAt: number | null = null
  const stop = feed.on('index', ({ code, at, value, open, high, low, volume, tradedValue }) => {
    const name = INDEX_NAMES.get(code)
    if (name === undefined) return
    const taken = desk.index({
      name,
      at,
      value,
      open,
      high,
      low,
      ...(volume === null ? {} : { volume }),
      ...(tradedValue === null ? {} : { tradedValue }),
    })
    if (taken) lastAt = clock.now()
  })
  return { lastAt: () => lastAt, stop }
}
