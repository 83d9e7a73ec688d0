import type { StockDetail } from '@ralph-stock/server/api'
import { UNKNOWN } from '../format/language.js'
import { formatMoney, formatNumber, formatPrice, formatWon } from '../format/numbers.js'
import { formatClock } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { useQuote } from '../live/use-live.js'
import { Change } from '../ui/change.js'
import { Facts } from '../ui/panel.js'

/** Name, price and the facts of the day. */
export function StockHead({ stock }: { readonly stock: StockDetail }) {
  const { t, word, language } = useWords()
  return (
    <>
      <div className="stock-head">
        <div>
          <h1>{stock.name}</h1>
          <p className="tags">
            {[stock.ticker, stock.market, stock.sector, stock.department]
              .filter((tag) => tag !== null && tag !== '')
              .join(' · ')}
          </p>
          <HeadPrice stock={stock} />
        </div>
        <div className="stock-facts">
          <Facts
            facts={[
              [t('stock.previousClose'), formatPrice(stock.previous_close)],
              [t('stock.open'), formatPrice(stock.open)],
              [t('stock.high'), formatPrice(stock.high)],
              [t('stock.low'), formatPrice(stock.low)],
              [t('stock.marketCap'), formatMoney(stock.market_cap, language)],
              [t('stock.listed'), stock.listing_date ?? UNKNOWN],
            ]}
          />
        </div>
      </div>
      {stock.listing_reason !== null && (
        <p className="left-out">
          {t('stock.notConsidered', { reason: word('reason', stock.listing_reason) })}
        </p>
      )}
    </>
  )
}

function HeadPrice({ stock }: { readonly stock: StockDetail }) {
  const { t, language } = useWords()
  const quote = useQuote(stock.ticker)
  const price = quote?.price ?? stock.price
  const change = quote === undefined ? stock.change : quote.change
  const changePct = quote === undefined ? stock.change_pct : quote.changePct
  const volume = quote?.volume ?? stock.volume
  const value = quote?.tradedValue ?? stock.traded_value
  const live = quote?.at != null || stock.source === 'live'
  const at = quote?.at ?? stock.price_at
  return (
    <>
      <p className="big-price" data-ticker={stock.ticker}>
        <b>{formatWon(price, language)}</b>
        <Change change={change} changePct={changePct} />
      </p>
      <p className="small muted">
        {t('word.volume')} {formatNumber(volume)} · {t('word.tradedValue')}{' '}
        {formatMoney(value, language)} ·{' '}
        {live
          ? `${t('stock.live')} ${formatClock(at)}`
          : t('stock.stored', { date: stock.as_of ?? UNKNOWN })}
      </p>
    </>
  )
}
