// The two servers that the socket bench compares: the hub, and a loop over `ws` clients.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

/** A server on a free port whose sockets go to `take(socket, request)`. */
export async function listen(take) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
  sockets.on('connection', take)
  await new Promise((resolve) => http.listen(0, '127.0.0.1', 2048, resolve))
  return {
    port: http.address().port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        sockets.close(() => http.close(resolve))
      }),
  }
}

/** What is written first: the message, encoded once, is sent to each client that reads its topic. */
export function createNaiveHub() {
  const topics = new Map()
  const sockets = new Set()
  const seqs = new Map()
  return {
    attach: (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('message', (data) => {
        for (const topic of JSON.parse(data).topics) {
          if (!topics.has(topic)) topics.set(topic, new Set())
          topics.get(topic).add(socket)
        }
      })
    },
    publish: (topic, { type, ...message }) => {
      const seq = (seqs.get(topic) ?? 0) + 1
      seqs.set(topic, seq)
      const text = JSON.stringify({ type, topic, seq, ...message })
      for (const socket of topics.get(topic) ?? []) socket.send(text)
    },
    /** Bytes that wait, so that the loop is not driven faster than it goes. */
    waiting: () => {
      let bytes = 0
      for (const socket of sockets) bytes += socket.bufferedAmount
      return bytes
    },
  }
}
