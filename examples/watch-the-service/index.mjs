import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import { demoMarket } from '@ralph-stock/engine/demo'
import { startService } from '@ralph-stock/server'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { WebSocket } from 'ws'

// A store with an invented market, and the service over it. Nobody is followed here: the same lines
// with KIWOOM_APP_KEY and KIWOOM_SECRET_KEY set, and without `follow: false`, are a live service.
const folder = await mkdtemp(join(tmpdir(), 'ralph-stock-'))
const store = await openEmbeddedStore({ folder })
await store.write(demoMarket())
const service = await startService({
  store,
  strategies: [marketGate(), closingBet()],
  env: {},
  version: '1.0.0',
  port: 0,
  follow: false,
  logger: { level: 'silent' },
})

// One envelope for every answer.
const ask = async (path, options) => {
  const answer = await fetch(service.url + path, options)
  const { success, data, error } = await answer.json()
  if (!success) throw new Error(`${error.code}: ${error.message}`)
  return data
}
const gate = await ask('/api/kr/market-gate')
console.log(`gate ${gate.level} ${gate.score?.toFixed(1)}, strongest ${gate.sectors[0]?.sector}`)

// A scan is a job: its progress and its signals come over the socket.
const socket = new WebSocket(
  `${service.url.replace('http', 'ws')}/ws?subscribe=jobs,signal:closing-bet`,
)
const finished = new Promise((resolve) => {
  socket.on('message', (text) => {
    const { type, data } = JSON.parse(text)
    if (type === 'job_update' && data.status === 'done') resolve(data.result)
  })
})
await new Promise((resolve) => socket.once('open', resolve))
const { job } = await ask('/api/kr/scan/closing-bet', { method: 'POST' })
console.log(`scan ${job.status}`)
const { as_of, eligible, added } = await finished
console.log(`${as_of}: ${eligible} stocks considered, ${added} signals`)

const { signals } = await ask('/api/kr/signals?limit=3')
for (const {
  ticker,
  name,
  grade,
  score,
  max_score,
  entry_price,
  target_price,
  stop_price,
} of signals) {
  const plan = `${entry_price} -> ${target_price}, stop ${stop_price}`
  console.log(`${grade} ${score}/${max_score} ${ticker} ${name}: ${plan}`)
}

socket.close()
await service.close()
await store.close()
await rm(folder, { recursive: true })
