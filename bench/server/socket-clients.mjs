// Clients of the socket bench, in a process of their own. They read frames from bare TCP sockets, so that
// this process costs less than what it measures. Orders come as messages of the parent process.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

const HEAD = '{"type":"price_update","topic":"price:'
const TICKER = HEAD.length
const SEQ = TICKER + '000000","seq":'.length
const TO_PRICE = ',"ticker":"000000","data":{"price":'.length
const SAMPLED = 61
const page = Buffer.allocUnsafe(1 << 20)

let clients = []
let topicCount = 0
let seqs = new Int32Array(0)
let prices = new Float64Array(0)
let latencies = new Uint32Array(10_000)
let messages = 0
let outOfOrder = 0
let sample = 0
// Clients that have stalled get old messages when they read again: theirs is not the service's latency.
let stalled = 0

process.on('message', async (order) => {
  switch (order.type) {
    case 'connect':
      await connectAll(order)
      process.send({ type: 'connected' })
      break
    case 'pause':
      stalled = order.count
      for (const client of clients.slice(0, order.count)) client.socket.pause()
      break
    case 'resume':
      for (const client of clients.slice(0, order.count)) client.socket.resume()
      break
    case 'count':
      process.send({ type: 'counted', messages, outOfOrder, latencies: [...latencies] })
      latencies = new Uint32Array(10_000)
      messages = 0
      break
    case 'prices':
      process.send({ type: 'prices', prices: [...prices], closed: closedCount() })
      break
    case 'end':
      for (const client of clients) client.socket.destroy()
      process.send({ type: 'ended' })
      break
  }
})

async function connectAll({ port, count, topics, more }) {
  topicCount = topics.length
  seqs = new Int32Array(count * topicCount)
  prices = new Float64Array(count * topicCount)
  outOfOrder = 0
  clients = []
  for (let from = 0; from < count; from += 50) {
    const some = Array.from({ length: Math.min(50, count - from) }, (_, k) => from + k)
    const wanted = (index) => (index < more.count ? [...topics, more.topic] : topics)
    clients.push(...(await Promise.all(some.map((index) => open(port, index, wanted(index))))))
  }
}

function open(port, index, topics) {
  return new Promise((resolve, reject) => {
    const client = { socket: null, index, rest: null, upgraded: false, closed: false }
    const read = (length, buffer) => {
      let bytes = buffer.subarray(0, length)
      if (client.rest !== null) bytes = Buffer.concat([client.rest, bytes])
      if (!client.upgraded) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) {
          client.rest = Buffer.from(bytes)
          return true
        }
        client.upgraded = true
        bytes = bytes.subarray(end + 4)
        client.socket.write(masked(JSON.stringify({ type: 'subscribe', topics })))
        resolve(client)
      }
      const used = readFrames(client, bytes)
      client.rest = used < bytes.length ? Buffer.from(bytes.subarray(used)) : null
      return true
    }
    client.socket = connect({ port, host: '127.0.0.1', onread: { buffer: page, callback: read } })
    client.socket.on('error', reject)
    client.socket.on('close', () => {
      client.closed = true
    })
    const key = randomBytes(16).toString('base64')
    client.socket.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
  })
}

/** Reads whole frames; gives how many bytes they were. */
function readFrames(client, bytes) {
  let at = 0
  for (;;) {
    if (bytes.length - at < 4) return at
    let length = bytes[at + 1]
    let start = at + 2
    if (length === 126) {
      length = (bytes[at + 2] << 8) | bytes[at + 3]
      start = at + 4
    } else if (length === 127) throw new Error('a frame that large is not expected')
    if (start + length > bytes.length) return at
    if (bytes[at] === 0x81) readMessage(client, bytes, start, length)
    else if (bytes[at] === 0x89) client.socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]))
    at = start + length
  }
}

/** `{"type":"price_update"`: the only type that has an `i` at its third letter. */
function readMessage(client, bytes, start, length) {
  if (bytes[start + 9] !== 0x70 || bytes[start + 10] !== 0x72) return
  messages++
  const topic = (bytes[start + TICKER + 4] - 48) * 10 + bytes[start + TICKER + 5] - 48
  const slot = client.index * topicCount + topic
  let at = start + SEQ
  let seq = 0
  for (; bytes[at] !== 0x2c; at++) seq = seq * 10 + bytes[at] - 48
  let price = 0
  for (at += TO_PRICE; bytes[at] !== 0x2c; at++) price = price * 10 + bytes[at] - 48
  if (seq <= seqs[slot]) outOfOrder++
  seqs[slot] = seq
  prices[slot] = price
  if (++sample % SAMPLED > 0 || client.index < stalled) return
  const { timestamp } = JSON.parse(bytes.toString('utf8', start, start + length))
  const ms = Date.now() - Date.parse(timestamp)
  latencies[Math.min(latencies.length - 1, Math.max(0, ms))]++
}

function masked(text) {
  const body = Buffer.from(text)
  const header = Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255, 0, 0, 0, 0])
  return Buffer.concat([header, body])
}

function closedCount() {
  return clients.filter((client) => client.closed).length
}
