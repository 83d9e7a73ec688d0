import type { Connection } from './repository.js'
import { SignalRepository } from './signal-repository.js'

/** Signals of the day trade. */
export class DaytradingSignalRepository extends SignalRepository {
  constructor(db: Connection) {
    super(db, 'daytrading_signals')
  }
}
