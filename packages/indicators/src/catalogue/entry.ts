import type { Text } from '@ralph-stock/core'

/** One parameter of an indicator, after its inputs. */
export type CatalogueParameter = {
  readonly name: string
  /**
   * `bars`: a whole number; `number`: any; both stand in their place after the inputs. `option`: a field
   * of the options object that comes last. `structure`: an object or a list, see the docs.
   */
  readonly kind: 'bars' | 'number' | 'option' | 'structure'
  /** Null where it follows from the other parameters, or is a structure. */
  readonly default: number | null
  /** The lowest value that is accepted; null where any finite number is. */
  readonly minimum?: number | null
  /** Accepted values lie above this one. */
  readonly above?: number
}

/** What a page, a document or a chat needs to know of an indicator. */
export type CatalogueEntry = {
  /** The name of the exported function. */
  readonly id: string
  readonly subject: 'trend' | 'momentum' | 'volatility' | 'volume' | 'statistics' | 'pattern'
  readonly title: Text
  /** Names of the inputs in order; `x` is any column. */
  readonly inputs: readonly string[]
  /** `each`: one argument per input; `list`: one list of inputs; `arrays`: arrays alone, no column. */
  readonly call: 'each' | 'list' | 'arrays'
  readonly parameters: readonly CatalogueParameter[]
  /** Names of the outputs; `value` alone where the result is a single column. */
  readonly outputs: readonly string[]
  /** `history`: recursive, so a criterion reads it through `windowed` alone. */
  readonly reach: 'window' | 'history'
  /** Book, paper or exchange rule. */
  readonly source: string
}
