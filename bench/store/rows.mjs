// 650,000 daily rows, and the bare way in and out of COPY's binary format.

export const STOCKS = 2600
export const HALF = 200
const DAYS = 250
const FIRST_DAY = 20_090
const POSTGRES_EPOCH_DAY = 10_957

/** Rows in columns, as a batch holds them. */
export function market() {
  const length = STOCKS * DAYS
  const column = (value) =>
    Float64Array.from({ length }, (_, k) => value(Math.floor(k / DAYS), k % DAYS))
  const close = (s, d) => 10_000 + s * 11 + ((d * 7919) % 331)
  return {
    length,
    tickers: Array.from({ length: STOCKS }, (_, s) => String(s * 10).padStart(6, '0')),
    ticker: Int32Array.from({ length }, (_, k) => Math.floor(k / DAYS)),
    day: Int32Array.from({ length }, (_, k) => FIRST_DAY + (k % DAYS)),
    open: column((s, d) => close(s, d) - 20),
    high: column((s, d) => close(s, d) + 50),
    low: column((s, d) => close(s, d) - 60),
    close: column(close),
    volume: column((s, d) => 100_000 + s * d),
    tradedValue: null,
    rawClose: null,
  }
}

/** Cards of a scan, with the weight that real ones have. */
export function cards() {
  return Array.from({ length: HALF }, (_, k) => ({
    strategyId: 'vcp',
    strategyVersion: '1.0.0',
    ticker: String(k * 10).padStart(6, '0'),
    name: `Stock ${k}`,
    market: 'KOSPI',
    asOf: '2026-02-10',
    score: k % 100,
    maxScore: 100,
    coverage: 1,
    grade: 'A',
    outOfReach: [],
    subScores: { vcp: 40, smartMoney: 30 },
    criteria: Array.from({ length: 8 }, (_, n) => ({
      id: `vcp.criterion-${n}`,
      label: { ko: '조건', en: 'Criterion' },
      outcome: 'pass',
      points: 10,
      maxPoints: 10,
      evidence: { close: 10_000 + k, average: 9_900.25, ratio: 1.01 },
      reason: { ko: '종가가 평균보다 높다', en: 'The close is above the average' },
    })),
    evidence: { pivot: 12_000 },
    annotation: null,
    flags: [],
    flows: 'final',
    universeAsOf: null,
    screen: { passed: true, failed: [] },
    plan: { entry: 10_000, target: 11_500, stop: 9_500, quantity: 10, note: null },
  }))
}

/** One file, written with nothing but a buffer. */
export function encodeBare({ length, tickers, ticker, day, open, high, low, close, volume }) {
  const texts = tickers.map((text) => Buffer.from(text))
  const bytes = Buffer.allocUnsafe(21 + length * (2 + 10 + 8 + 5 * 12))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  bytes.write('PGCOPY\n\xff\r\n\0', 'latin1')
  bytes.fill(0, 11, 19)
  let at = 19
  for (let k = 0; k < length; k++) {
    view.setInt16(at, 7)
    view.setInt32(at + 2, 6)
    bytes.set(texts[ticker[k]], at + 6)
    view.setInt32(at + 12, 4)
    view.setInt32(at + 16, day[k] - POSTGRES_EPOCH_DAY)
    at += 20
    for (const column of [open, high, low, close, volume]) {
      view.setInt32(at, 8)
      view.setFloat64(at + 4, column[k])
      at += 12
    }
  }
  view.setInt16(at, -1)
  return bytes.subarray(0, at + 2)
}

/** Rows of seven fields into columns by ticker, in whatever order the server sends them. */
export function parseBare(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const stocks = new Map()
  let at = 19
  let last = ''
  let stock
  while (view.getInt16(at) !== -1) {
    const ticker = bytes.latin1Slice(at + 6, at + 12)
    if (ticker !== last) {
      last = ticker
      stock = stocks.get(ticker)
      if (stock === undefined) {
        stock = { length: 0, days: new Int32Array(DAYS), columns: [] }
        for (let c = 0; c < 5; c++) stock.columns.push(new Float64Array(DAYS))
        stocks.set(ticker, stock)
      }
    }
    stock.days[stock.length] = view.getInt32(at + 16) + POSTGRES_EPOCH_DAY
    for (let c = 0; c < 5; c++) {
      stock.columns[c][stock.length] = view.getFloat64(at + 24 + c * 12)
    }
    stock.length++
    at += 80
  }
  return stocks
}
