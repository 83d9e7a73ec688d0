import { checkStrategyLaws } from '@ralph-stock/testing'
import { it } from 'vitest'
import { closingBet } from './strategy.js'

it('keeps the laws of strategies', () => void checkStrategyLaws(closingBet()))
