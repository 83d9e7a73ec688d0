import { parentPort, workerData } from 'node:worker_threads'
import {
  compareGroups,
  fillHistory,
  fillPanel,
  type HistoryWork,
  isRalphError,
  prepareHistory,
  unpackMarket,
} from '@ralph-stock/core'
import { loadStrategies } from './load-strategies.js'
import type { Reply, Task, WorkerStart } from './messages.js'

// The body of a thread: lays the shared memory out as its starter did, then does what it is told.

function reply(message: Reply): void {
  parentPort?.postMessage(message)
}

function failed(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', code: isRalphError(error) ? error.code : 'E_THREAD_FAILED', message }
}

function perform(work: HistoryWork, { pass, from, to }: Task): void {
  if (pass === 'panel') fillPanel(work, from, to)
  else if (pass === 'groups') compareGroups(work, from, to)
  else fillHistory(work, from, to)
}

async function main({ market, strategies, buffers }: WorkerStart): Promise<void> {
  const loaded = await loadStrategies(strategies)
  const remaining = [...buffers]
  const work = prepareHistory(
    unpackMarket(market),
    loaded,
    // Sound: the starter laid the same arrays out in the same order, and sent one buffer for each.
    () => remaining.shift() as SharedArrayBuffer,
  )
  parentPort?.on('message', (task: Task) => {
    try {
      perform(work, task)
      reply({ kind: 'done' })
    } catch (error) {
      reply(failed(error))
    }
  })
  reply({ kind: 'ready' })
}

// Sound: the starter of this thread sends nothing else.
main(workerData as WorkerStart).catch((error: unknown) => reply(failed(error)))
