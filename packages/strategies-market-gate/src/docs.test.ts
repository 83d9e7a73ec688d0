import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  criteriaPage,
  criteriaTable,
  documentAt,
  optionsTable,
  withSection,
} from '../../../tests/support/criteria-docs.js'
import { marketGateOptions } from './options.js'
import { marketGate } from './strategy.js'

const options = z.toJSONSchema(marketGateOptions, { io: 'input' })
const strategy = marketGate()

it('keeps criteria.md as the code is', () => {
  const url = new URL('../criteria.md', import.meta.url)
  const { expected, found } = documentAt(url, () => criteriaPage([{ strategy, options }]))
  expect(found).toBe(expected)
})

it('keeps the tables of README.md as the code is', () => {
  const url = new URL('../README.md', import.meta.url)
  const { expected, found } = documentAt(url, (text) =>
    withSection(
      withSection(text, 'criteria', criteriaTable(strategy)),
      'options',
      optionsTable(options),
    ),
  )
  expect(found).toBe(expected)
})
