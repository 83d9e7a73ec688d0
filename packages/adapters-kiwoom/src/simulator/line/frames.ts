import type { QuoteVenue } from '@ralph-stock/core'
import { clockTime, directed, million, minus, plus, rate, sign, spaced } from '../format.js'
import type { IndexLevel } from '../market/index-level.js'
import type { Paper } from '../market/listings.js'
import type { SimulatedBook } from '../market/order-book.js'
import type { Interrupted, Tape } from '../market/tape.js'

/** One entry of a REAL frame. */
export type Entry = {
  readonly values: Readonly<Record<string, string>>
  readonly type: string
  readonly name: string
  readonly item: string
}

/** A REAL frame as text. */
export function realFrame(entries: readonly Entry[]): string {
  return JSON.stringify({ data: entries, trnm: 'REAL' })
}

/** 0B of one trade of a tape. */
export function tradeEntry(
  item: string,
  paper: Paper,
  tape: Tape,
  at: number,
  base: number,
): Entry {
  const price = tape.price[at] as number
  const quantity = tape.quantity[at] as number
  const volume = tape.volume[at] as number
  const value = tape.value[at] as number
  const open = tape.open[at] as number
  return {
    values: {
      '20': clockTime(tape.second[at] as number),
      '10': directed(price, base),
      '11': plus(price - base),
      '12': rate(price, base),
      '27': directed(price, base),
      '28': directed(price, base),
      '15': plus(quantity),
      '13': String(volume),
      '14': million(value),
      '16': directed(open, base),
      '17': directed(tape.high[at] as number, base),
      '18': directed(tape.low[at] as number, base),
      '25': sign(price, base),
      '26': minus(volume - paper.usualVolume),
      '29': minus(value - paper.usualVolume * base),
      '30': rate(volume, paper.usualVolume),
      '31': ((volume / paper.listedShares) * 100).toFixed(2),
      '32': String(Math.round(price * 0.0023)),
      '228': '101.98',
      '311': String(Math.round((paper.listedShares * price) / 1e8)),
      '290': String(tape.session[at]),
      '691': '0',
      '567': '000000',
      '568': '000000',
      '851': '102',
      '1890': '090012',
      '1891': '090012',
      '1892': '090012',
      '1030': String(Math.floor(volume / 2)),
      '1031': String(volume - Math.floor(volume / 2)),
      '1032': '+50.00',
      '1071': '120',
      '1072': '118',
      '1313': plus(Math.round((quantity * price) / 1000)),
      '1315': spaced(Math.min(0, quantity)),
      '1316': spaced(Math.max(0, quantity)),
      '1314': plus(quantity),
      '1497': String(price),
      '1498': String(Math.round(price * 0.8)),
      '620': String(Math.round(value / volume)),
      '732': '12',
      '852': '10',
      '9081': item.endsWith('_NX') ? 'NXT' : 'KRX',
    },
    type: '0B',
    name: '주식체결',
    item,
  }
}

/** 0H of a coming auction. */
export function expectedEntry(
  item: string,
  price: number,
  base: number,
  quantity: number,
  second: number,
): Entry {
  return {
    values: {
      '20': clockTime(second),
      '10': directed(price, base),
      '11': plus(price - base),
      '12': rate(price, base),
      '15': plus(quantity),
      '13': String(quantity),
      '25': sign(price, base),
    },
    type: '0H',
    name: '주식예상체결',
    item,
  }
}

/** 0D of a book. */
export function depthEntry(item: string, book: SimulatedBook, base: number, second: number): Entry {
  const values: Record<string, string> = { '21': clockTime(second) }
  for (let level = 1; level <= 10; level++) {
    const ask = book.asks[level - 1]
    const bid = book.bids[level - 1]
    values[String(40 + level)] = directed(ask?.price ?? 0, base)
    values[String(60 + level)] = String(ask?.quantity ?? 0)
    values[String(80 + level)] = '0'
    values[String(50 + level)] = directed(bid?.price ?? 0, base)
    values[String(70 + level)] = String(bid?.quantity ?? 0)
    values[String(90 + level)] = '0'
  }
  values['121'] = String(book.totalAsk)
  values['122'] = '0'
  values['125'] = String(book.totalBid)
  values['126'] = '+77'
  for (let fid = 6044; fid <= 6087; fid++) values[String(fid)] = '0'
  return { values, type: '0D', name: '주식호가잔량', item }
}

/** 0J of an index. */
export function indexEntry(item: string, level: IndexLevel, second: number): Entry {
  const { base, close } = level
  return {
    values: {
      '20': clockTime(second),
      '10': directed(close, base, 2),
      '11': plus(close - base, 2),
      '12': rate(close, base),
      '15': '99',
      '13': minus(level.volume / 1000),
      '14': million(level.value),
      '16': directed(level.open, base, 2),
      '17': directed(level.high, base, 2),
      '18': directed(level.low, base, 2),
      '25': sign(close, base),
      '26': '-19817',
    },
    type: '0J',
    name: '업종지수',
    item,
  }
}

/** 0w of a stock. */
export function programEntry(
  item: string,
  price: number,
  base: number,
  volume: number,
  second: number,
): Entry {
  const buy = Math.floor(volume * 0.1)
  const sell = Math.floor(volume * 0.08)
  const value = (shares: number): string => million(shares * price)
  return {
    values: {
      '20': clockTime(second),
      '10': directed(price, base),
      '25': sign(price, base),
      '11': plus(price - base),
      '12': rate(price, base),
      '13': String(volume),
      '202': String(sell),
      '204': value(sell),
      '206': String(buy),
      '208': value(buy),
      '210': minus(buy - sell),
      '212': minus(((buy - sell) * price) / 1e6),
      '213': '0',
      '211': '0',
    },
    type: '0w',
    name: '종목별프로그램매매',
    item,
  }
}

/** 1h when an interruption begins or, with `released`, ends. */
export function interruptionEntry(
  paper: Paper,
  interruption: Interrupted,
  count: number,
  released: boolean,
  venue: QuoteVenue,
): Entry {
  const { second, release, price, reference } = interruption
  return {
    values: {
      '9001': paper.code,
      '302': paper.name,
      '13': '1077818',
      '14': '4201',
      '9068': released ? '2' : '1',
      '9008': paper.market === 'KOSPI' ? '101' : '102',
      '9075': '1',
      '1221': String(price),
      '1223': clockTime(second),
      '1224': released ? clockTime(release) : '000000',
      '1225': '정적',
      '1236': String(reference),
      '1237': '0',
      '1238': rate(price, reference),
      '1239': '0.00',
      '1489': rate(price, reference),
      '1490': String(count),
      '9069': price > reference ? '1' : '2',
      '1279': '+정적',
    },
    type: '1h',
    name: 'VI발동/해제',
    item: venue === 'KRX' ? paper.code : `${paper.code}_AL`,
  }
}

/** 0s of a state of the market. */
export function stateEntry(code: string, second: number): Entry {
  return {
    values: { '215': code, '20': clockTime(second), '214': '000000' },
    type: '0s',
    name: '장시작시간',
    item: '',
  }
}

/** 02 of a stock that enters or leaves a search. */
export function conditionEntry(
  search: string,
  code: string,
  entered: boolean,
  second: number,
): Entry {
  return {
    values: {
      '841': search,
      '9001': code,
      '843': entered ? 'I' : 'D',
      '20': clockTime(second),
      '907': '2',
    },
    type: '02',
    name: '조건검색',
    item: code,
  }
}
