// Decoding of 0B frames to ticks, against bare JSON.parse of the same frames.
import { createDecoder, createRefusals } from '@ralph-stock/adapters-kiwoom'
import { createSimulator } from '@ralph-stock/adapters-kiwoom/simulator'
import { median, race, table } from '../lib/timing.mjs'

const FRAMES = Number(process.env.BENCH_FRAMES ?? 30_000)
const simulator = createSimulator({ stocks: 100, history: 5, time: '09:00', speed: 10_000 })
const frames = await tradeFrames(simulator, FRAMES)
simulator.close()
const now = Date.now() + 1e12
const refusals = createRefusals()
const decode = createDecoder({ venue: 'KRX', now: () => now, refusals })
let ticks = 0
let last = null
const sink = {
  emit: (_name, tick) => {
    ticks++
    last = tick
  },
  control: () => {},
  lost: () => {},
}

const ratios = []
for (let i = 0; i < 3; i++) {
  const times = await race(
    {
      parse: () => {
        for (const frame of frames) last = JSON.parse(frame)
      },
      decode: () => {
        for (const frame of frames) decode(frame, sink)
      },
    },
    Number(process.env.BENCH_ROUNDS ?? 5),
  )
  ratios.push({ ...times, ratio: times.parse / times.decode })
}
const ratio = median(ratios.map((one) => one.ratio))
const best = ratios.find((one) => one.ratio === ratio)
const perFrame = (ms) => ((ms * 1000) / frames.length).toFixed(2)
table([
  ['', 'us/frame', 'of JSON.parse', 'goal'],
  ['JSON.parse', perFrame(best.parse), '1', ''],
  ['decode to a tick', perFrame(best.decode), ratio.toFixed(2), '>= 0.5'],
])
process.stdout.write(
  `${frames.length} frames, ${ticks} ticks, ${refusals.total()} refused, last ${last?.ticker}\n`,
)
if (ratio < 0.5) process.exitCode = 1

/** Frames as a client of the simulator gets them, again and again until there are enough. */
async function tradeFrames(broker, count) {
  const seen = []
  const done = new Promise((resolve) => {
    const login = broker.request({
      method: 'POST',
      path: '/oauth2/token',
      header: () => '',
      body: JSON.stringify({ grant_type: 'client_credentials', appkey: 'a', secretkey: 'b' }),
    })
    const session = broker.connect({
      send: (text) => {
        const frame = JSON.parse(text)
        if (frame.trnm !== 'REAL') return
        // One trade a frame: as captured, most hold one.
        for (const entry of frame.data) seen.push(JSON.stringify({ data: [entry], trnm: 'REAL' }))
        if (seen.length >= 5000) resolve()
      },
      close: () => {},
    })
    const item = broker.market.papers.map((paper) => paper.code)
    session.receive(JSON.stringify({ trnm: 'LOGIN', token: JSON.parse(login.body).token }))
    const data = [{ item, type: ['0B'] }]
    session.receive(JSON.stringify({ trnm: 'REG', grp_no: '1', refresh: '1', data }))
  })
  await done
  return Array.from({ length: count }, (_, i) => seen[i % 5000])
}
