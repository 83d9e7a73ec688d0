import { type ClientMessage, clientMessage } from './protocol.js'

/** A message of a client, or what is wrong with it in one sentence. */
export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly problem: string }

/** A topic that is asked for, and the number of its last message that came before. */
export type AskedTopic = { readonly name: string; readonly seq: number | null }

const TYPES = new Set<unknown>(['subscribe', 'unsubscribe', 'ping', 'pong'])

/** Reads one message. Whatever the text is, it throws nothing. */
export function readMessage(text: string): ReadMessage {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused('a message must be JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('a message must be a JSON object with a type')
  }
  if (!('type' in value) || !TYPES.has(value.type)) {
    return refused('type must be subscribe, unsubscribe, ping or pong')
  }
  const read = clientMessage.safeParse(value)
  if (read.success) return { ok: true, message: read.data }
  const [issue] = read.error.issues
  return refused(`${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not accepted'}`)
}

/** The topics that a message names, in its order. */
export function topicsOf(message: ClientMessage & { type: 'subscribe' | 'unsubscribe' }) {
  const asked: AskedTopic[] = []
  if (message.topic !== undefined) {
    const seq = message.type === 'subscribe' ? (message.seq ?? null) : null
    asked.push({ name: message.topic, seq })
  }
  for (const one of message.topics ?? []) {
    if (typeof one === 'string') asked.push({ name: one, seq: null })
    else asked.push({ name: one.topic, seq: one.seq ?? null })
  }
  return asked
}

function refused(problem: string): ReadMessage {
  // Field names are the client's own words: enough of them to find the mistake.
  return { ok: false, problem: problem.slice(0, 200) }
}
