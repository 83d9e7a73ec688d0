// A thousand sockets that read twenty prices each, two thousand ticks a second: the hub against a loop
// that sends every message to every client. Some clients stop reading for the middle of the run.
// Usage: sockets.bench.mjs [seconds]
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createHub } from '@ralph-stock/server'
import { table } from '../lib/timing.mjs'
import { createNaiveHub, listen } from './socket-servers.mjs'

const CLIENTS = Number(process.env.BENCH_SOCKETS ?? 1000)
const TOPICS = 20
const TICKS_PER_SECOND = Number(process.env.BENCH_TICKS ?? 2000)
const SECONDS = Number(process.argv[2] ?? process.env.BENCH_SECONDS ?? 60)
const NAIVE_SECONDS = Math.min(5, SECONDS / 3)
const STALLED = 10
// The system itself takes megabytes for a client that does not read: this fills them.
const LARGE = { topic: 'score:vcp:000000', text: 'x'.repeat(60_000), count: STALLED }
const GOAL = { ratio: 5, p99: 100 }

const tickers = Array.from({ length: TOPICS }, (_, k) => String(k).padStart(6, '0'))
const topics = tickers.map((ticker) => `price:${ticker}`)
const clients = fork(fileURLToPath(new URL('socket-clients.mjs', import.meta.url)))
const last = new Float64Array(TOPICS)
const clock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return { stop: () => clearTimeout(timer) }
  },
}

const naive = [await runNaive()]
const hub = await runHub()
naive.push(await runNaive())
clients.kill()

const loop = naive.reduce((a, b) => (a.rate > b.rate ? a : b))
const [alone, stalled, after] = hub.parts
const row = (name, one, goal) => [
  name,
  one.rate.toFixed(0),
  (one.rate / loop.rate).toFixed(1),
  one.cpu.toFixed(2),
  one.p50 ?? '',
  one.p99 ?? '',
  goal,
]
table([
  ['', 'messages/s', 'times', 'CPU us/message', 'p50 ms', 'p99 ms', 'goal'],
  row('loop over clients', loop, ''),
  row('hub', alone, `${GOAL.ratio} times, p99 < ${GOAL.p99} ms`),
  row(`hub, ${STALLED} stalled`, stalled, 'the same'),
  row('hub, they read again', after, 'the same'),
])
const { stats } = hub
process.stdout.write(
  `${stalled.behind} of ${STALLED} stalled clients were behind; ${CLIENTS} sockets x ${TOPICS} topics, ${hub.ticks} ticks in ${SECONDS} s; ${stats.delivered} delivered, ${stats.conflated} conflated\n` +
    `wrong last prices ${hub.wrong}, out of order ${hub.outOfOrder}, closed ${hub.closed}\n` +
    `memory of the service, MB: ${hub.memory.join(' ')}\n`,
)
const good =
  alone.rate / loop.rate >= GOAL.ratio &&
  hub.parts.every((part) => part.p99 < GOAL.p99) &&
  hub.wrong + hub.outOfOrder + hub.closed === 0
if (!good) process.exitCode = 1

/** Messages a second that clients get of the loop, driven no faster than it goes. */
async function runNaive() {
  const peer = createNaiveHub()
  const server = await listen(peer.attach)
  await connectClients(server.port)
  await ask({ type: 'count' }, 'counted')
  const cpu = process.cpuUsage()
  const started = Date.now()
  for (let n = 0; Date.now() - started < NAIVE_SECONDS * 1000; n++) {
    if ((n * 1000) / TICKS_PER_SECOND > Date.now() - started || peer.waiting() > 1e6) {
      await sleep(1)
      n--
      continue
    }
    publishTick(peer, n)
    await new Promise(setImmediate)
  }
  const counted = await ask({ type: 'count' }, 'counted')
  const result = rates(counted, started, cpu)
  await ask({ type: 'end' }, 'ended')
  await server.close()
  return result
}

async function runHub() {
  const limits = { clients: CLIENTS, clientsPerAddress: CLIENTS }
  const peer = createHub({ clock, limits })
  const server = await listen((socket, request) => {
    peer.attach(socket, { socket: request.socket, address: '127.0.0.1' })
  })
  await connectClients(server.port)
  while (peer.stats().subscriptions < CLIENTS * TOPICS + STALLED) await sleep(20)
  const parts = []
  const memory = []
  const started = Date.now()
  let ticks = 0
  const drive = async (seconds, fill = false) => {
    const until = Date.now() + seconds * 1000
    while (Date.now() < until) {
      const due = ((Date.now() - started) / 1000) * TICKS_PER_SECOND
      while (ticks < due) publishTick(peer, ticks++)
      if (fill) peer.publish(LARGE.topic, { type: 'score_update', text: LARGE.text })
      await sleep(2)
    }
  }
  await drive(1)
  await ask({ type: 'count' }, 'counted')
  for (const part of [0, 1, 2]) {
    if (part === 1) clients.send({ type: 'pause', count: STALLED })
    if (part === 2) {
      clients.send({ type: 'resume', count: STALLED })
      // What they take now, all at once, keeps the process of all clients busy: that is not measured.
      await drive(SECONDS / 20)
      await ask({ type: 'count' }, 'counted')
    }
    const cpu = process.cpuUsage()
    const from = Date.now()
    for (let k = 0; k < 3; k++) {
      await drive(SECONDS / 9, part === 1)
      memory.push(megabytes())
    }
    const counted = await ask({ type: 'count' }, 'counted')
    const { behind } = peer.stats()
    parts.push({
      ...rates(counted, from, cpu),
      behind,
      outOfOrder: counted.outOfOrder,
      ...percentiles(counted.latencies),
    })
  }
  await sleep(500)
  const { prices, closed } = await ask({ type: 'prices' }, 'prices')
  const wrong = prices.filter((price, k) => price !== last[k % TOPICS]).length
  const stats = peer.stats()
  await peer.close()
  await ask({ type: 'end' }, 'ended')
  await server.close()
  const { outOfOrder } = parts.at(-1)
  return { parts, memory, stats, ticks, wrong, closed, outOfOrder }
}

/** Messages a second, and what each cost this process, since an instant. */
function rates({ messages }, from, cpu) {
  const { user, system } = process.cpuUsage(cpu)
  return { rate: (messages / (Date.now() - from)) * 1000, cpu: (user + system) / messages }
}

async function connectClients(port) {
  await ask({ type: 'connect', port, count: CLIENTS, topics, more: LARGE }, 'connected')
}

function publishTick(peer, n) {
  const topic = n % TOPICS
  const price = 50_000 + ((n * 7919) % 30_000)
  last[topic] = price
  const at = Date.now()
  const message = {
    type: 'price_update',
    ticker: tickers[topic],
    data: {
      price,
      change: price - 60_000,
      change_rate: (price / 60_000 - 1) * 100,
      volume: 1_000_000 + n,
      traded_value: 60_000_000_000 + n * price,
      bid_price: price - 100,
      ask_price: price,
    },
    timestamp: new Date(at).toISOString(),
    source: 'kiwoom_ws',
  }
  peer.publish(topics[topic], message, { at })
}

function ask(order, answer) {
  return new Promise((resolve) => {
    const heard = (message) => {
      if (message.type !== answer) return
      clients.off('message', heard)
      resolve(message)
    }
    clients.on('message', heard)
    clients.send(order)
  })
}

function percentiles(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const at = (share) => {
    let seen = 0
    return counts.findIndex((count) => {
      seen += count
      return seen >= total * share
    })
  }
  return { p50: at(0.5), p99: at(0.99) }
}

function megabytes() {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1e6)
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
