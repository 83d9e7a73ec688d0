import type { Signal, SignalFilter, SignalRepository } from './signal-repository.js'

/** Signals of the VCP strategy: the general ones, narrowed to it. */
export class VcpSignalRepository {
  readonly #signals: SignalRepository
  readonly #strategyId: string

  constructor(signals: SignalRepository, strategyId = 'vcp') {
    this.#signals = signals
    this.#strategyId = strategyId
  }

  /** Open ones, best first. */
  async active(
    limit = 20,
    filter: Pick<SignalFilter, 'market' | 'minimumScore'> = {},
  ): Promise<Signal[]> {
    return this.#signals.top(limit, { ...filter, strategyId: this.#strategyId, status: 'OPEN' })
  }

  /** The newest of a stock, open or closed; null when it had none. */
  async byTicker(ticker: string): Promise<Signal | null> {
    const found = await this.#signals.find({ ticker, strategyId: this.#strategyId }, { limit: 1 })
    return found[0] ?? null
  }

  async countActive(): Promise<number> {
    return this.#signals.countOf({ strategyId: this.#strategyId, status: 'OPEN' })
  }
}
