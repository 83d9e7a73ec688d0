import { beforeEach, describe, expect, it } from 'vitest'
import { type StoreQueue, storeQueue } from './store-queue.js'
import { type ManualClock, manualClock, settled } from './testing-desk.js'

let clock: ManualClock
let heard: string[]
let queue: StoreQueue

beforeEach(() => {
  clock = manualClock(0)
  heard = []
  queue = storeQueue({
    clock,
    retryMs: 100,
    longestRetryMs: 400,
    onFailed: (_, retryMs) => heard.push(`failed ${retryMs}`),
    onRecovered: () => heard.push('recovered'),
  })
})

/** A write that fails so often before it succeeds. */
const job = (name: string, failures: number) => {
  let left = failures
  return async () => {
    if (left-- > 0) throw new Error(name)
    heard.push(name)
  }
}

describe('storeQueue', () => {
  it('writes in order, one after another', async () => {
    void queue.add(job('one', 0))
    const taken = queue.add(job('two', 0))
    expect(queue.pending()).toBe(2)
    await queue.flush()
    expect(await taken).toBe(true)
    expect(heard).toEqual(['one', 'two'])
    expect(queue.pending()).toBe(0)
  })

  it('tries again with growing pauses, and says so', async () => {
    void queue.add(job('one', 4))
    void queue.add(job('two', 0))
    await clock.advance(99)
    expect(heard).toEqual(['failed 100'])
    await clock.advance(1)
    expect(heard).toEqual(['failed 100', 'failed 200'])
    await clock.advance(10_000)
    expect(heard.slice(2)).toEqual(['failed 400', 'failed 400', 'one', 'recovered', 'two'])
  })

  it('lets the others pass a write that goes on failing', async () => {
    void queue.add(job('stubborn', 12))
    void queue.add(job('two', 0))
    await clock.advance(10_000)
    expect(heard.filter((one) => !one.startsWith('failed'))).toEqual([
      'two',
      'recovered',
      'stubborn',
      'recovered',
    ])
  })

  it('flushes what was added before, not what comes later', async () => {
    const done: string[] = []
    void queue.add(job('one', 1))
    void queue.flush().then(() => done.push('first'))
    void queue.add(job('two', 3))
    void queue.flush().then(() => done.push('both'))
    await clock.advance(100)
    expect(done).toEqual(['first'])
    await clock.advance(10_000)
    expect(done).toEqual(['first', 'both'])
    await queue.flush()
  })

  it('stops when it is closed', async () => {
    const taken = queue.add(job('one', 100))
    const flushed = queue.flush()
    await settled()
    queue.close()
    await flushed
    expect(await taken).toBe(false)
    expect(await queue.add(job('two', 0))).toBe(false)
    await clock.advance(10_000)
    expect(heard).toEqual(['failed 100'])
    expect(clock.waiting()).toBe(0)
  })
})
