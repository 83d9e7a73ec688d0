/** Counts what one TR was asked within its allowance. */
export type Buckets = {
  /** Whether a request is within the allowance; counts it either way. */
  admit(api: string, now: number): boolean
  /** Requests and refusals so far. */
  counts(): {
    readonly asked: number
    readonly refused: number
    readonly perApi: ReadonlyMap<string, number>
  }
}

/** A bucket of `burst` for each TR that fills at `perSecond`. */
export function createBuckets(perSecond: number, burst: number): Buckets {
  const levels = new Map<string, { level: number; at: number }>()
  const perApi = new Map<string, number>()
  let asked = 0
  let refused = 0
  return {
    admit: (api, now) => {
      asked++
      perApi.set(api, (perApi.get(api) ?? 0) + 1)
      const bucket = levels.get(api) ?? { level: burst, at: now }
      bucket.level = Math.min(burst, bucket.level + ((now - bucket.at) / 1000) * perSecond)
      bucket.at = now
      levels.set(api, bucket)
      // A hair of rounding is not a request too many.
      if (bucket.level < 1 - 1e-9) {
        refused++
        return false
      }
      bucket.level--
      return true
    },
    counts: () => ({ asked, refused, perApi }),
  }
}
