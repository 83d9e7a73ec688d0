export { connectSimulator, type SimulatorConnection } from './connect.js'
export { FAULT_KINDS, type Fault, type FaultKind, type Faults } from './faults.js'
export type { SimulatedAnswer, SimulatedRequest } from './line/rest.js'
export type { Session, Wire } from './line/session.js'
export { type ManualClock, manualClock } from './manual-clock.js'
export type { Paper, PaperKind } from './market/listings.js'
export type { Moment, Quote, SimulatedMarket } from './market/market.js'
export type { Parties } from './market/parties.js'
export type { PricePath } from './market/price-path.js'
export type { Interrupted, Tape, TapeMinute } from './market/tape.js'
export { patientClock } from './patient-clock.js'
export { type ServerOptions, type SimulatorServer, startSimulator } from './server.js'
export {
  createSimulator,
  type Simulator,
  type SimulatorCounts,
  type SimulatorOptions,
} from './simulator.js'
