export {
  type HistoryThreads,
  type HistoryThreadsOptions,
  openHistoryThreads,
} from './history-threads.js'
export { loadStrategies } from './load-strategies.js'
export type { StrategyModule } from './messages.js'
