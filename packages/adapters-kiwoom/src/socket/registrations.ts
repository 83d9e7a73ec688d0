/** What is registered: the type of frame, and the stock, index or nothing it is about. */
export type Registration = { readonly type: string; readonly item: string }

/** A message of REG or REMOVE with what it is about. */
export type RegistrationMessage = {
  readonly text: string
  readonly trnm: 'REG' | 'REMOVE'
  readonly parts: readonly Registration[]
}

/** Keeps what is wanted and what the connection has, and writes the messages between the two. */
export interface Registrations {
  want(part: Registration): void
  drop(part: Registration): void
  /** Whether the connection has it. */
  has(part: Registration): boolean
  /** The next message to send, or null when the connection has what is wanted. */
  next(): RegistrationMessage | null
  /**
   * The broker took the message, or refused it. A refused group is tried again in smaller ones, as its
   * limit is not documented; what is refused alone is not asked for again on this connection.
   */
  settled(message: RegistrationMessage, taken: boolean): void
  /** The connection is gone, and all registrations with it. */
  lost(): void
  counts(): { readonly wanted: number; readonly held: number }
}

/** A group takes about a hundred items. Not documented, so it can be set. */
export const ITEMS_PER_GROUP = 100

const keyOf = ({ type, item }: Registration): string => `${type} ${item}`

/** Makes registrations; each type has groups of its own, filled one after another. */
export function createRegistrations(itemsPerGroup: number = ITEMS_PER_GROUP): Registrations {
  let limit = itemsPerGroup
  const wanted = new Map<string, Registration>()
  const held = new Map<string, number>()
  const refused = new Set<string>()
  /** Items in each group, and its type. */
  const groups: Array<{ readonly type: string; items: number }> = []

  const groupFor = (type: string): number => {
    const at = groups.findIndex((group) => group.type === type && group.items < limit)
    return at >= 0 ? at : groups.push({ type, items: 0 }) - 1
  }

  const message = (
    trnm: 'REG' | 'REMOVE',
    group: number,
    parts: readonly Registration[],
  ): RegistrationMessage => {
    const type = parts[0]?.type ?? ''
    const text = JSON.stringify({
      trnm,
      grp_no: String(group + 1),
      // Keeping what is there is the only documented way to add to it.
      ...(trnm === 'REG' ? { refresh: '1' } : {}),
      data: [{ item: parts.map(({ item }) => item), type: [type] }],
    })
    return { text, trnm, parts }
  }

  const removal = (): RegistrationMessage | null => {
    const gone: Registration[] = []
    let from: number | undefined
    for (const [key, group] of held) {
      if (wanted.has(key) || (from !== undefined && from !== group)) continue
      from = group
      const space = key.indexOf(' ')
      gone.push({ type: key.slice(0, space), item: key.slice(space + 1) })
    }
    return from === undefined ? null : message('REMOVE', from, gone)
  }

  return {
    want: (part) => {
      wanted.set(keyOf(part), part)
    },
    drop: (part) => {
      wanted.delete(keyOf(part))
      refused.delete(keyOf(part))
    },
    has: (part) => held.has(keyOf(part)),
    next: () => {
      const out = removal()
      if (out !== null) return out
      let group: number | undefined
      const parts: Registration[] = []
      for (const [key, part] of wanted) {
        if (held.has(key) || refused.has(key)) continue
        group ??= groupFor(part.type)
        const { type, items = 0 } = groups[group] ?? { type: '' }
        if (part.type !== type) continue
        parts.push(part)
        if (items + parts.length >= limit) break
      }
      return group === undefined ? null : message('REG', group, parts)
    },
    settled: ({ trnm, parts }, taken) => {
      for (const part of parts) {
        const key = keyOf(part)
        if (trnm === 'REMOVE') {
          const group = groups[held.get(key) ?? -1]
          if (group !== undefined) group.items--
          held.delete(key)
        } else if (taken) {
          const at = groupFor(part.type)
          const group = groups[at]
          if (group !== undefined) group.items++
          held.set(key, at)
        } else if (parts.length === 1) refused.add(key)
      }
      if (trnm === 'REG' && !taken) limit = Math.max(1, Math.min(limit, parts.length) >> 1)
    },
    lost: () => {
      held.clear()
      refused.clear()
      groups.length = 0
      limit = itemsPerGroup
    },
    counts: () => ({ wanted: wanted.size, held: held.size }),
  }
}
