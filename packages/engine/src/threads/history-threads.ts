import { Worker } from 'node:worker_threads'
import {
  type HistoryWork,
  type Market,
  type MarketHistory,
  packMarket,
  prepareHistory,
  RalphError,
  unpackMarket,
} from '@ralph-stock/core'
import { loadStrategies } from './load-strategies.js'
import type { Pass, Reply, StrategyModule, Task, WorkerStart } from './messages.js'

/** What to score, and on how many threads. */
export type HistoryThreadsOptions = {
  readonly market: Market
  readonly strategies: readonly StrategyModule[]
  /** Threads beside this one; 2 unless said. */
  readonly threads?: number
}

/** Threads that hold a market in shared memory and score its history together. */
export interface HistoryThreads {
  /**
   * Scores every bar of every stock. The arrays are those of `scoreHistory`, bit for bit; they are
   * shared memory, written again by the next call.
   */
  scoreHistory(): Promise<MarketHistory>
  /** Ends the threads. */
  close(): Promise<void>
}

// Small enough that no thread waits long for the last one, large enough to be worth a message.
const STOCKS_A_TASK = 32
const GROUPS_A_TASK = 4

/**
 * Starts threads for a market. What the strategies read of it is copied once into shared memory.
 * Whoever opens them closes them.
 *
 * @throws RalphError E_STRATEGY_MODULE, E_THREAD_FAILED
 */
export async function openHistoryThreads(options: HistoryThreadsOptions): Promise<HistoryThreads> {
  const strategies = await loadStrategies(options.strategies)
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes)
  const market = packMarket(options.market, strategies, shared)
  const buffers: SharedArrayBuffer[] = []
  const work = prepareHistory(unpackMarket(market), strategies, (bytes) => {
    const buffer = shared(bytes)
    buffers.push(buffer)
    return buffer
  })
  const start: WorkerStart = { market, strategies: options.strategies, buffers }
  const threads = Array.from({ length: options.threads ?? 2 }, () => new Thread(start))
  const close = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.end()))
  }
  try {
    await Promise.all(threads.map((thread) => thread.ready))
  } catch (error) {
    await close()
    throw error
  }
  return {
    async scoreHistory() {
      for (const pass of PASSES) await spread(tasksOf(pass, work), threads)
      return work.history
    },
    close,
  }
}

const PASSES: readonly Pass[] = ['panel', 'groups', 'scores']

function tasksOf(pass: Pass, work: HistoryWork): Task[] {
  const count = pass === 'groups' ? work.groups.length : work.market.members.length
  const size = pass === 'groups' ? GROUPS_A_TASK : STOCKS_A_TASK
  const tasks: Task[] = []
  for (let from = 0; from < count; from += size) {
    tasks.push({ pass, from, to: Math.min(count, from + size) })
  }
  return tasks
}

// Each thread takes the next task when it is done with its last: the slow one gets fewer.
async function spread(tasks: Task[], threads: readonly Thread[]): Promise<void> {
  await Promise.all(
    threads.map(async (thread) => {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        await thread.perform(task)
      }
    }),
  )
}

class Thread {
  readonly ready: Promise<void>
  readonly #worker: Worker
  #settle: { done: () => void; failed: (error: Error) => void } | null = null

  constructor(start: WorkerStart) {
    this.#worker = new Worker(WORKER, { ...WORKER_OPTIONS, workerData: start })
    this.#worker.on('message', (reply: Reply) => this.#take(reply))
    this.#worker.on('error', (error) => this.#take(failure('E_THREAD_FAILED', error.message)))
    this.#worker.on('exit', (code) =>
      this.#take(failure('E_THREAD_FAILED', `the thread ended with ${code}`)),
    )
    this.ready = this.#next()
  }

  perform(task: Task): Promise<void> {
    this.#worker.postMessage(task)
    return this.#next()
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners('exit')
    await this.#worker.terminate()
  }

  #next(): Promise<void> {
    return new Promise((done, failed) => {
      this.#settle = { done, failed }
    })
  }

  #take(reply: Reply): void {
    const settle = this.#settle
    this.#settle = null
    if (reply.kind !== 'failed') settle?.done()
    else settle?.failed(new RalphError(reply.code as 'E_THREAD_FAILED', reply.message))
  }
}

function failure(code: string, message: string): Reply {
  return { kind: 'failed', code, message }
}

// Threads run what is built, also where this file is run from its source: then without the options of
// this process, which say to read sources.
const FROM_SOURCE = import.meta.url.includes('/src/')
const WORKER = new URL(
  FROM_SOURCE ? '../../dist/history-worker.js' : './history-worker.js',
  import.meta.url,
)
const WORKER_OPTIONS = FROM_SOURCE ? { execArgv: [] } : {}
