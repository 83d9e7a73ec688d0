/** One named check of a contract; it rejects with words when the contract is broken. */
export type ContractCheck = { readonly name: string; readonly run: () => Promise<void> }

/** A contract that an implementation breaks. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation'
}

/** Refuses what does not hold. */
export function ensure(holds: boolean, words: string): asserts holds {
  if (!holds) throw new ContractViolation(words)
}

/** Refuses two values that differ as JSON; NaN and missing are alike there. */
export function ensureEqual(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)]
  ensure(left === right, `${what} must be ${right}; found ${left}`)
}
