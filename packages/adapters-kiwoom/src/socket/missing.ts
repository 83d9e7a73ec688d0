/** Minutes after midnight in Korea, both ends included. */
export type MinuteRange = { readonly from: number; readonly to: number }

/** What may be missing from a day's trades. */
export interface Missing {
  /** The volumes between two trades are missing, and so are minutes of the range. */
  hole(range: MinuteRange, fromVolume: number, toVolume: number): void
  /** Something may be missing in the range. */
  suspect(range: MinuteRange): void
  /** A trade joined the one before it, made in this minute: nothing was missed since. */
  joined(lastMinute: number): void
  /** A late trade: whether it fits into a hole, which it closes as far as it goes. */
  fill(fromVolume: number, toVolume: number): boolean
  /** Drops holes above a volume that was not true. */
  forget(aboveVolume: number): void
  /** The minutes of the range are as the broker has them. */
  repaired(range: MinuteRange): void
  /** From the first to the last missing minute that had ended at a second of the day. */
  ended(second: number): MinuteRange | null
  none(): boolean
}

type Hole = MinuteRange & { readonly fromVolume: number; readonly toVolume: number }

/** More holes than this at once are one: the stretch is asked for as a whole anyway. */
const MOST_HOLES = 64

/**
 * A suspicion is looked into this long after it, a hole at once: the next trade of a stock that is
 * traded at all tells by itself, and spares the broker a question about each stock at each reconnect.
 */
const PATIENCE_MINUTES = 2

/** Keeps what is missing within the hours of a day. */
export function createMissing(hours: MinuteRange): Missing {
  let holes: Hole[] = []
  let suspects: MinuteRange[] = []

  const clamp = (range: MinuteRange): MinuteRange | null => {
    const from = Math.max(range.from, hours.from)
    const to = Math.min(range.to, hours.to)
    return from <= to ? { from, to } : null
  }

  const suspect = (range: MinuteRange): void => {
    const within = clamp(range)
    if (within === null) return
    let { from, to } = within
    const apart = suspects.filter((other) => {
      if (other.to < from - 1 || other.from > to + 1) return true
      from = Math.min(from, other.from)
      to = Math.max(to, other.to)
      return false
    })
    suspects = [...apart, { from, to }]
  }

  return {
    hole: (range, fromVolume, toVolume) => {
      const within = clamp(range)
      if (within === null) return
      holes.push({ ...within, fromVolume, toVolume })
      if (holes.length <= MOST_HOLES) return
      for (const hole of holes) suspect(hole)
      holes = []
    },
    suspect,
    joined: (lastMinute) => {
      if (suspects.length > 0) suspects = suspects.filter((range) => range.from < lastMinute)
    },
    fill: (fromVolume, toVolume) => {
      const at = holes.findIndex(
        (hole) => hole.fromVolume <= fromVolume && toVolume <= hole.toVolume,
      )
      const hole = holes[at]
      if (hole === undefined) return false
      const rest: Hole[] = []
      if (hole.fromVolume < fromVolume) rest.push({ ...hole, toVolume: fromVolume })
      if (toVolume < hole.toVolume) rest.push({ ...hole, fromVolume: toVolume })
      holes.splice(at, 1, ...rest)
      return true
    },
    forget: (aboveVolume) => {
      holes = holes.filter((hole) => hole.fromVolume < aboveVolume)
    },
    repaired: (range) => {
      holes = holes.flatMap((hole) => remainder(hole, range))
      suspects = suspects.flatMap((other) => remainder(other, range))
    },
    ended: (second) => {
      const through = Math.floor(second / 60) - 1
      const due = [
        ...holes.filter((hole) => hole.from <= through),
        ...suspects.filter((range) => range.to + PATIENCE_MINUTES <= through),
      ]
      if (due.length === 0) return null
      return {
        from: Math.min(...due.map((range) => range.from)),
        to: Math.min(through, Math.max(...due.map((range) => range.to))),
      }
    },
    none: () => holes.length === 0 && suspects.length === 0,
  }
}

// A repair runs from the first missing minute on, so what remains of a range is its end.
function remainder<T extends MinuteRange>(range: T, repaired: MinuteRange): T[] {
  if (range.from < repaired.from || range.from > repaired.to) return [range]
  return range.to <= repaired.to ? [] : [{ ...range, from: repaired.to + 1 }]
}
