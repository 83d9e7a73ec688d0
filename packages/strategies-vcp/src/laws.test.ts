import { checkStrategyLaws } from '@ralph-stock/testing'
import { it } from 'vitest'
import { vcp } from './strategy.js'
import { trendTemplate } from './trend-template/strategy.js'

it('keeps the laws of strategies', () => void checkStrategyLaws(vcp()))
it('keeps the laws of strategies as a template too', () => void checkStrategyLaws(trendTemplate()))
