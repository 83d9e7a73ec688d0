import { checkStrategyLaws } from '@ralph-stock/testing'
import { it } from 'vitest'
import { daytrade } from './strategy.js'

it('keeps the laws of strategies', () => void checkStrategyLaws(daytrade()))
