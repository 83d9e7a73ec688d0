import type { BarRows, FlowRows, IndexRows, KeyColumns } from '@ralph-stock/core'
import type { CopyField } from '../binary/encode.js'

/** How a stored value and a new one become one. */
type Merge =
  /** The new one counts. */
  | 'replace'
  /** The new one counts where it is known: a source without it takes nothing away. */
  | 'keep-known'

/** A value column of a table of daily rows. */
export type DailyColumn = {
  readonly name: string
  readonly type: 'double precision' | 'boolean'
  readonly merge: Merge
}

/** A table of rows by ticker and date, and how a batch's rows become its rows. */
export type DailyTable<Rows extends KeyColumns = KeyColumns> = {
  readonly name: 'daily_prices' | 'institutional_flows' | 'index_bars'
  readonly columns: readonly DailyColumn[]
  /** Whether a row may be an estimate, which a final one replaces as a whole and never the reverse. */
  readonly provisional: boolean
  readonly fieldsOf: (rows: Rows) => Readonly<Record<string, CopyField>>
}

const price = (name: string): DailyColumn => ({ name, type: 'double precision', merge: 'replace' })
const fact = (name: string): DailyColumn => ({
  name,
  type: 'double precision',
  merge: 'keep-known',
})
const float = (values: Float64Array): CopyField => ({ kind: 'float', values })

/** Daily prices of stocks. */
export const DAILY_PRICES: DailyTable<BarRows> = {
  name: 'daily_prices',
  columns: [
    price('open'),
    price('high'),
    price('low'),
    price('close'),
    price('volume'),
    fact('trading_value'),
    fact('raw_close'),
  ],
  provisional: false,
  fieldsOf: (rows) => ({
    ...pricesOf(rows),
    ...(rows.tradedValue === null ? {} : { trading_value: float(rows.tradedValue) }),
    ...(rows.rawClose === null ? {} : { raw_close: float(rows.rawClose) }),
  }),
}

/** Net buying of foreigners and institutions. */
export const FLOWS: DailyTable<FlowRows> = {
  name: 'institutional_flows',
  columns: [
    fact('foreign_net_buy_amount'),
    fact('inst_net_buy_amount'),
    fact('foreign_net_buy'),
    fact('inst_net_buy'),
    { name: 'provisional', type: 'boolean', merge: 'replace' },
  ],
  provisional: true,
  fieldsOf: (rows) => ({
    foreign_net_buy_amount: float(rows.foreignNetValue),
    inst_net_buy_amount: float(rows.institutionNetValue),
    foreign_net_buy: float(rows.foreignNetVolume),
    inst_net_buy: float(rows.institutionNetVolume),
    provisional: { kind: 'boolean', values: rows.provisional },
  }),
}

/** Daily values of indexes. */
export const INDEX_BARS: DailyTable<IndexRows> = {
  name: 'index_bars',
  columns: [
    price('open'),
    price('high'),
    price('low'),
    price('close'),
    price('volume'),
    fact('trading_value'),
  ],
  provisional: false,
  fieldsOf: (rows) => ({ ...pricesOf(rows), trading_value: float(rows.tradedValue) }),
}

function pricesOf(rows: BarRows | IndexRows): Record<string, CopyField> {
  return {
    open: float(rows.open),
    high: float(rows.high),
    low: float(rows.low),
    close: float(rows.close),
    volume: float(rows.volume),
  }
}
