import { requireInteger } from '../errors/index.js'
import { type Column, crossSectionColumn, sectorsColumn } from './column.js'

/** Who a stock is compared with. */
export type PeerGroup = 'universe' | 'sector'

/** Fewer known peers than `minimumMembers`, the stock included, gives missing. */
export type CrossSectionOptions = { readonly minimumMembers?: number }

/**
 * Rank of the stock's value among its peers on the date: 1 + how many are strictly greater.
 * Peers are the eligible stocks whose value is known. A blank sector has no peers: missing.
 *
 * @example rankWithin('sector', change(bars.close, 5), { minimumMembers: 5 })
 */
export function rankWithin(
  group: PeerGroup,
  input: Column,
  options: CrossSectionOptions = {},
): Column {
  return crossSectionColumn('rankWithin', input, {
    group,
    measure: 'rank',
    minimumMembers: members(options),
  })
}

/** How many peers, the stock included, have a known value on the date. */
export function countWithin(
  group: PeerGroup,
  input: Column,
  options: CrossSectionOptions = {},
): Column {
  return crossSectionColumn('countWithin', input, {
    group,
    measure: 'count',
    minimumMembers: members(options),
  })
}

/** Share of the peers with a strictly lower value on the date, in percent, 0 to below 100. */
export function percentBelow(
  group: PeerGroup,
  input: Column,
  options: CrossSectionOptions = {},
): Column {
  return crossSectionColumn('percentBelow', input, {
    group,
    measure: 'percent-below',
    minimumMembers: members(options),
  })
}

/**
 * For strategies about the market: one number a date, reduced from the mean of `input` over the
 * eligible members of each sector.
 *
 * @param name says what `reduce` computes; part of the column's key
 */
export function acrossSectors(
  name: string,
  input: Column,
  reduce: (means: Float64Array) => number,
  options: CrossSectionOptions = {},
): Column {
  return sectorsColumn(name, input, { reduce, minimumMembers: members(options) })
}

function members(options: CrossSectionOptions): number {
  return requireInteger('minimumMembers', options.minimumMembers ?? 1, 1)
}
