import { type Column, isColumn, isRalphError, source } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { type CatalogueEntry, INDICATOR_CATALOGUE } from './catalogue.js'
import * as exported from './index.js'

type Indicator = (...args: readonly unknown[]) => unknown

const PACKAGE: Readonly<Record<string, unknown>> = { ...exported }
const columnsOf = (result: unknown): Readonly<Record<string, Column>> =>
  isColumn(result) ? { value: result } : (result as Record<string, Column>)
const argumentsOf = ({ inputs, call }: CatalogueEntry): readonly unknown[] =>
  call === 'list' ? [inputs.map((name) => source(name))] : inputs.map((name) => source(name))
const placed = ({ parameters }: CatalogueEntry): CatalogueEntry['parameters'] =>
  parameters.filter(({ kind }) => kind === 'bars' || kind === 'number')

describe('the catalogue', () => {
  it('has every exported function, once', () => {
    // Gives points for a number, and no column: not an indicator.
    const { vcpPoints: _, ...indicators } = PACKAGE
    const functions = Object.keys(indicators).filter((name) => typeof PACKAGE[name] === 'function')
    expect(INDICATOR_CATALOGUE.map(({ id }) => id).sort()).toEqual(functions.sort())
  })

  for (const entry of INDICATOR_CATALOGUE) {
    if (entry.call === 'arrays') continue
    const indicator = PACKAGE[entry.id] as Indicator

    it(`tells the outputs, reach and defaults of ${entry.id}`, () => {
      const short = columnsOf(indicator(...argumentsOf(entry)))
      expect(Object.keys(short)).toEqual(entry.outputs)
      const long = columnsOf(
        indicator(...argumentsOf(entry), ...placed(entry).map((one) => one.default)),
      )
      for (const name of entry.outputs) {
        const column = short[name] as Column
        expect(long[name]?.key).toBe(column.key)
        expect(Number.isFinite(column.lookback)).toBe(entry.reach === 'window')
      }
    })

    placed(entry).forEach(({ name, minimum, above, kind }, position) => {
      it(`tells the limits of ${name} of ${entry.id}`, () => {
        const code = (value: number): string => {
          const parameters = placed(entry).map((one) => one.default)
          parameters[position] = value
          try {
            indicator(...argumentsOf(entry), ...parameters)
            return 'accepted'
          } catch (error) {
            return isRalphError(error) ? error.code : 'other'
          }
        }
        expect(code(Number.NaN)).toBe('E_PARAM_RANGE')
        if (kind === 'bars') expect(code(2.5)).toBe('E_PARAM_RANGE')
        if (above !== undefined) expect(code(above)).toBe('E_PARAM_RANGE')
        if (typeof minimum !== 'number') return
        expect(code(minimum - 1)).toBe('E_PARAM_RANGE')
        // The slow average must be slower than the fast one, whatever else it accepts.
        if (name !== 'slow') expect(code(minimum)).toBe('accepted')
      })
    })
  }
})
