import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  criteriaPage,
  criteriaTable,
  documentAt,
  optionsTable,
  withSection,
} from '../../../tests/support/criteria-docs.js'
import { trendTemplateOptions } from './options/template-options.js'
import { vcpOptions } from './options/vcp-options.js'
import { vcp } from './strategy.js'
import { trendTemplate } from './trend-template/strategy.js'

const pattern = { strategy: vcp(), options: z.toJSONSchema(vcpOptions, { io: 'input' }) }
const template = {
  strategy: trendTemplate(),
  options: z.toJSONSchema(trendTemplateOptions, { io: 'input' }),
}

it('keeps criteria.md as the code is', () => {
  const url = new URL('../criteria.md', import.meta.url)
  const { expected, found } = documentAt(url, () => criteriaPage([pattern, template]))
  expect(found).toBe(expected)
})

it('keeps the tables of README.md as the code is', () => {
  const url = new URL('../README.md', import.meta.url)
  const sections = {
    'vcp criteria': criteriaTable(pattern.strategy),
    'vcp options': optionsTable(pattern.options),
    'trend-template criteria': criteriaTable(template.strategy),
    'trend-template options': optionsTable(template.options),
  }
  const { expected, found } = documentAt(url, (text) =>
    Object.entries(sections).reduce((page, [name, table]) => withSection(page, name, table), text),
  )
  expect(found).toBe(expected)
})
