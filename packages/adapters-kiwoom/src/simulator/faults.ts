/** What can be made to go wrong. */
export const FAULT_KINDS = [
  // Requests
  'rate-limit',
  'html-page',
  'server-error',
  'truncated-body',
  'malformed-body',
  'empty-page',
  'dropped-request',
  'slow-answer',
  // Tokens
  'token-expiry',
  'token-revocation',
  // Sockets
  'silent-socket',
  'dropped-connection',
  'duplicate-login',
  'malformed-frame',
  'truncated-frame',
  'lost-ticks',
  'delayed-ticks',
  'duplicate-ticks',
  'reordered-ticks',
] as const

/** What can be made to go wrong. */
export type FaultKind = (typeof FAULT_KINDS)[number]

/** One order to make something go wrong. */
export type Fault = {
  readonly kind: FaultKind
  /** How many requests or frames it concerns; 1 unless said. */
  readonly count?: number
  /** Only requests of this TR. */
  readonly api?: string
  /** How long, where that matters; 2000 unless said. */
  readonly ms?: number
}

/** Orders that wait to be carried out. */
export interface Faults {
  add(fault: Fault): void
  /** Takes one case of a kind, if one is due. */
  take(kind: FaultKind, api?: string): Fault | null
  /** How many cases were carried out, by kind. */
  counts(): Readonly<Partial<Record<FaultKind, number>>>
  clear(): void
}

/** Makes an empty list of faults. */
export function createFaults(): Faults {
  let waiting: Array<{ readonly fault: Fault; left: number }> = []
  const done: Partial<Record<FaultKind, number>> = {}
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.count ?? 1 })
    },
    take: (kind, api) => {
      const found = waiting.find(
        ({ fault }) => fault.kind === kind && (fault.api === undefined || fault.api === api),
      )
      if (found === undefined) return null
      found.left--
      if (found.left <= 0) waiting = waiting.filter((one) => one !== found)
      done[kind] = (done[kind] ?? 0) + 1
      return found.fault
    },
    counts: () => ({ ...done }),
    clear: () => {
      waiting = []
    },
  }
}
