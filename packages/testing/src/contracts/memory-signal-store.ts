import { RalphError, type SignalStore, type StoredSignal } from '@ralph-stock/core'

/** A signal store in a list: the least that keeps the contract, and the fixture that tests it. */
export function memorySignalStore(): SignalStore {
  let signals: readonly StoredSignal[] = []
  let scans = 0
  return {
    async saveScan({ cards }) {
      if (cards.some(({ ticker }) => typeof ticker !== 'string')) throw new Error('no ticker')
      const added: StoredSignal[] = []
      let corrected = 0
      for (const card of cards) {
        const ofStock = [...signals, ...added].filter(
          ({ ticker, strategyId }) => ticker === card.ticker && strategyId === card.strategyId,
        )
        if (ofStock.some((one) => one.status === 'OPEN' || one.signalDate === card.asOf)) {
          const changed = ofStock.some(
            (one) =>
              one.signalDate === card.asOf && JSON.stringify(one.card) !== JSON.stringify(card),
          )
          corrected += Number(changed)
          continue
        }
        added.push({
          id: signals.length + added.length + 1,
          strategyId: card.strategyId,
          ticker: card.ticker,
          signalDate: card.asOf,
          status: 'OPEN',
          card,
          exit: null,
        })
      }
      signals = [...signals, ...added]
      const kept = cards.length - added.length - corrected
      return { scanId: ++scans, added: added.length, corrected, kept }
    },
    async findSignals({ strategyId, status, ticker } = {}) {
      return signals
        .filter((one) => strategyId === undefined || one.strategyId === strategyId)
        .filter((one) => status === undefined || one.status === status)
        .filter((one) => ticker === undefined || one.ticker === ticker)
        .sort((a, b) =>
          a.signalDate === b.signalDate ? b.id - a.id : a.signalDate < b.signalDate ? 1 : -1,
        )
    },
    async closeSignal({ id }, exit) {
      const open = signals.find((one) => one.id === id && one.status === 'OPEN')
      if (open === undefined) {
        throw new RalphError('E_STORE_NOT_FOUND', `there is no open signal ${id}`, { id })
      }
      signals = signals.map((one) => (one === open ? { ...one, status: 'CLOSED', exit } : one))
    },
    async close() {},
  }
}
