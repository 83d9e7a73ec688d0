import {
  type FinishedScan,
  RalphError,
  type ScoreCard,
  type SignalCursor,
  type SignalKey,
  type SignalQuery,
  type SignalStore,
  type StoredSignal,
} from '@ralph-stock/core'

/**
 * A signal store in a list: the least that keeps the contract, and the fixture that tests it.
 *
 * @param now gives the time of a new signal, epoch ms; counts signals unless given
 */
export function memorySignalStore(now?: () => number): SignalStore {
  let signals: readonly StoredSignal[] = []
  let scans = 0
  const replace = (
    key: SignalKey,
    accepts: (signal: StoredSignal) => boolean,
    change: Partial<StoredSignal>,
  ): StoredSignal => {
    const found = signals.find((one) => isSame(key, one) && one.status === 'OPEN' && accepts(one))
    if (found === undefined) {
      throw new RalphError('E_STORE_NOT_FOUND', `there is no such open signal ${key.id}`, {
        ...key,
      })
    }
    const changed = { ...found, ...change }
    signals = signals.map((one) => (one === found ? changed : one))
    return changed
  }
  return {
    async saveScan(scan) {
      const { cards } = scan
      if (cards.some(({ ticker }) => typeof ticker !== 'string')) throw new Error('no ticker')
      const added: StoredSignal[] = []
      const corrected: StoredSignal[] = []
      for (const card of cards) {
        const ofStock = [...signals, ...added].filter(
          ({ ticker, strategyId }) => ticker === card.ticker && strategyId === card.strategyId,
        )
        const id = signals.length + added.length + 1
        const fresh = signalOf(scan, card, id, now?.() ?? id)
        const same = ofStock.find((one) => one.signalDate === card.asOf && one.status === 'OPEN')
        if (same !== undefined && mayCorrect(scan, same, card)) {
          corrected.push({ ...fresh, id: same.id, createdAt: same.createdAt })
        } else if (!ofStock.some((one) => one.status === 'OPEN' || one.signalDate === card.asOf)) {
          added.push(fresh)
        }
      }
      signals = [
        ...signals.map((one) => corrected.find((other) => isSame(one, other)) ?? one),
        ...added,
      ]
      const kept = cards.length - added.length - corrected.length
      return {
        scanId: ++scans,
        added: added.length,
        corrected: corrected.length,
        kept,
        signals: added,
      }
    },
    async findSignals(query = {}) {
      return signals
        .filter((one) => matches(query, one))
        .sort((a, b) => (isBefore(a, b) ? -1 : 1))
        .slice(0, query.limit)
    },
    async enterSignal(key, { target, stop, date, price, at = null }) {
      const entry = { date, price, at }
      return replace(key, (one) => one.entry === null, { entry, target, stop })
    },
    async closeSignal(key, exit) {
      return replace(key, () => true, { status: 'CLOSED', exit })
    },
    async close() {},
  }
}

function signalOf(
  { enteredAt, fills }: FinishedScan,
  card: ScoreCard,
  id: number,
  createdAt: number,
): StoredSignal {
  const { plan, strategyId, asOf } = card
  const waits = enteredAt === undefined && fills?.[strategyId] === 'next-open'
  return {
    id,
    strategyId,
    ticker: card.ticker,
    signalDate: asOf,
    status: 'OPEN',
    card,
    entry: plan === null || waits ? null : { date: asOf, price: plan.entry, at: enteredAt ?? null },
    target: plan?.target ?? null,
    stop: plan?.stop ?? null,
    exit: null,
    createdAt,
  }
}

function mayCorrect({ enteredAt }: FinishedScan, one: StoredSignal, card: ScoreCard): boolean {
  const acted = one.entry !== null && (one.entry.at !== null || one.entry.date !== one.signalDate)
  const changed = JSON.stringify(one.card) !== JSON.stringify(card)
  return enteredAt === undefined && !acted && changed
}

function isSame(a: SignalKey, b: SignalKey): boolean {
  return a.id === b.id && a.strategyId === b.strategyId
}

function matches(query: SignalQuery, { card, ...one }: StoredSignal): boolean {
  const { strategyId, status, ticker, market, grade, minimumScore, from, to, before } = query
  return (
    (strategyId === undefined || one.strategyId === strategyId) &&
    (status === undefined || one.status === status) &&
    (ticker === undefined || one.ticker === ticker) &&
    (market === undefined || card.market === market) &&
    (grade === undefined || card.grade === grade) &&
    (minimumScore === undefined || card.score >= minimumScore) &&
    (from === undefined || one.signalDate >= from) &&
    (to === undefined || one.signalDate <= to) &&
    (before === undefined || isBefore(before, one))
  )
}

function isBefore(a: SignalCursor, b: SignalCursor): boolean {
  if (a.signalDate !== b.signalDate) return a.signalDate > b.signalDate
  if (a.id !== b.id) return a.id > b.id
  return a.strategyId > b.strategyId
}
