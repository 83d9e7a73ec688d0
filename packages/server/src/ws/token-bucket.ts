/** How much may be asked: `burst` at once, `perSecond` in the long run. */
export type Rate = { readonly burst: number; readonly perSecond: number }

/** Counts what one client asks for. */
export interface TokenBucket {
  /** Takes a price; false when it cannot be paid now, and then nothing is taken. */
  spend(price: number): boolean
}

/** Makes a full bucket. */
export function createTokenBucket(rate: Rate, now: () => number): TokenBucket {
  let tokens = rate.burst
  let at = now()
  return {
    spend: (price) => {
      const instant = now()
      // A clock that was set back gives nothing and takes nothing.
      const earned = (Math.max(0, instant - at) / 1000) * rate.perSecond
      tokens = Math.min(rate.burst, tokens + earned)
      at = instant
      if (price > tokens) return false
      tokens -= price
      return true
    },
  }
}
