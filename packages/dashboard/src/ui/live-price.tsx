import './price.css'
import { useRef } from 'react'
import { formatPrice } from '../format/numbers.js'
import { useQuote } from '../live/use-live.js'
import { Change } from './change.js'

/** A price that was known before the socket told one. */
export type EarlierQuote = {
  readonly price: number | null
  /** Percent. */
  readonly changePct: number | null
}

/** The price of a stock and its change, live. Only this is drawn again when they change. */
export function LivePrice({
  ticker,
  earlier,
}: {
  readonly ticker: string
  readonly earlier?: EarlierQuote
}) {
  const quote = useQuote(ticker)
  const price = quote?.price ?? earlier?.price ?? null
  const changePct = quote === undefined ? (earlier?.changePct ?? null) : quote.changePct
  const last = useRef<{ price: number | null; tick: string; turn: number }>({
    price,
    tick: '',
    turn: 0,
  })
  if (last.current.price !== price) {
    const before = last.current.price
    const moved = before === null || price === null ? '' : price > before ? 'tick-up' : 'tick-down'
    last.current = { price, tick: moved, turn: last.current.turn + 1 }
  }
  return (
    <span className={`price ${last.current.tick}`} data-ticker={ticker}>
      <b key={last.current.turn}>{formatPrice(price)}</b>
      <Change changePct={changePct} />
    </span>
  )
}
