import { WebSocket } from 'ws'

/** A connection for texts. */
export interface Socket {
  send(text: string): void
  /** Ends it; `onClose` is still called. */
  close(): void
}

/** What happens on a connection. */
export type SocketHandlers = {
  readonly onOpen: () => void
  readonly onText: (text: string) => void
  /** Called once, also when opening failed. */
  readonly onClose: (reason: string) => void
}

/** Opens a connection. */
export type OpenSocket = (url: string, handlers: SocketHandlers) => Socket

const MOST_BYTES = 8 * 1024 * 1024
const OPEN_TIMEOUT_MS = 15_000

/** Opens WebSockets with the `ws` package. Frames that are no text are ignored: the broker sends none. */
export const openWebSocket: OpenSocket = (url, handlers) => {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: MOST_BYTES,
    handshakeTimeout: OPEN_TIMEOUT_MS,
  })
  let failure = ''
  socket.on('open', handlers.onOpen)
  socket.on('message', (data, isBinary) => {
    if (!isBinary) handlers.onText(data.toString())
  })
  socket.on('error', (error) => {
    failure = 'code' in error ? String(error.code) : error.name
  })
  socket.on('close', (code) => handlers.onClose(failure === '' ? `closed with ${code}` : failure))
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => socket.terminate(),
  }
}
