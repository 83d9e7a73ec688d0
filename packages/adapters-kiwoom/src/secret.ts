const HIDDEN = '[hidden]'

/** A value that shows itself only when asked to: printing, logging and JSON give `[hidden]`. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value. Whoever asks must not keep or print it. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }
}

/** Takes secrets out of texts that come from outside, such as a message that repeats a key. */
export type Redactor = {
  /** Remembers a value; the oldest tokens are forgotten, keys never. */
  add(value: string, kind: 'key' | 'token'): void
  redact(text: string): string
}

const TOKENS_REMEMBERED = 16
const SHORTEST = 4
/** Account numbers are written as eight digits and a product code of two. */
const ACCOUNT = /\b\d{8}-?\d{2}\b/g
const BEARER = /bearer\s+[\w.~+/=-]+/gi

/** Makes a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const keys: string[] = []
  const tokens: string[] = []
  return {
    add: (value, kind) => {
      const known = kind === 'key' ? keys : tokens
      if (value.length < SHORTEST || known.includes(value)) return
      known.push(value)
      if (kind === 'token' && known.length > TOKENS_REMEMBERED) known.shift()
    },
    redact: (text) => {
      let clean = text
      for (const value of [...keys, ...tokens]) clean = clean.replaceAll(value, HIDDEN)
      return clean.replace(BEARER, `Bearer ${HIDDEN}`).replace(ACCOUNT, HIDDEN)
    },
  }
}
