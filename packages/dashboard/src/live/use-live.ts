import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { KEYS } from '../api/queries.js'
import { useServices } from '../app/services.js'
import { useStore } from '../settings/use-settings.js'
import type { Quote } from './price-store.js'
import type { PriceData } from './protocol.js'
import type { Connection } from './socket.js'
import type { TopicEvent } from './topic-book.js'

// Without the socket the page asks now and then; with it, it is told.
const POLL_MS = 15_000

export function useConnection(): Connection {
  return useStore(useServices().live.connection)
}

/** How often a query that the socket keeps current is asked again: never while the socket lives. */
export function usePolling(): number | false {
  return useConnection().state === 'live' ? false : POLL_MS
}

/** Reads a topic while the component is shown; null reads none. */
export function useTopic(topic: string | null, listener: (event: TopicEvent) => void): void {
  const { live } = useServices()
  const onEvent = useEffectEvent(listener)
  useEffect(() => {
    if (topic === null) return
    return live.subscribe(topic, (event) => onEvent(event))
  }, [live, topic])
}

/** A quote from what the socket says of a price. */
export function quoteOf(data: PriceData, timestamp: string): Quote {
  return {
    price: data.price,
    change: data.change,
    changePct: data.change_rate,
    volume: data.volume,
    tradedValue: data.traded_value,
    at: Date.parse(timestamp),
  }
}

/** The live price of a stock; undefined before the first. The component hears of this stock only. */
export function useQuote(ticker: string): Quote | undefined {
  const { live, prices } = useServices()
  useEffect(
    () =>
      live.subscribe(`price:${ticker}`, (event) => {
        if (event.kind !== 'update' || event.update.type !== 'price_update') return
        prices.put(ticker, quoteOf(event.update.data, event.update.timestamp))
      }),
    [live, prices, ticker],
  )
  const subscribe = useCallback(
    (listener: () => void) => prices.subscribe(ticker, listener),
    [prices, ticker],
  )
  return useSyncExternalStore(subscribe, () => prices.get(ticker))
}

/**
 * Keeps prices of stocks that are listed: those that no socket has told of are asked for over REST, once,
 * and again now and then while there is no socket.
 *
 * @param tickers at most 100
 */
export function useListedPrices(tickers: readonly string[]): void {
  const { queries, prices } = useServices()
  const polling = usePolling()
  const { data } = useQuery({
    ...queries.prices(tickers),
    enabled: tickers.length > 0,
    refetchInterval: polling,
  })
  useEffect(() => {
    for (const one of Object.values(data?.prices ?? {})) {
      if (one.price === null) continue
      const at = one.price_at === null ? null : Date.parse(one.price_at)
      const take = polling === false ? prices.offer : prices.put
      take(one.ticker, {
        price: one.price,
        change: one.change,
        changePct: one.change_pct,
        volume: one.volume,
        tradedValue: one.traded_value,
        at,
      })
    }
  }, [data, prices, polling])
}

/** Keeps an answer fresh by a topic of events: what was missed is read again. */
export function useFreshness(topic: string, key: readonly unknown[]): void {
  const cache = useQueryClient()
  useTopic(topic, (event) => {
    if (event.kind === 'stale') void cache.invalidateQueries({ queryKey: key })
  })
}

/** The market gate, kept current. */
export function useGate() {
  const { queries } = useServices()
  const cache = useQueryClient()
  useTopic('market-gate', (event) => {
    if (event.kind === 'update' && event.update.type === 'market_gate_update') {
      cache.setQueryData(KEYS.gate, event.update.data)
    }
  })
  return useQuery({ ...queries.gate(), refetchInterval: usePolling() })
}

/**
 * The health of the service with the session and its feeds. The one answer that is asked for again and
 * again: that a feed has gone silent is nothing that a socket tells.
 */
export function useHealth() {
  const { queries } = useServices()
  return useQuery({ ...queries.health(), refetchInterval: POLL_MS })
}
