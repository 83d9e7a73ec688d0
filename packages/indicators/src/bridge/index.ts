export {
  type BridgeOptions,
  fromTechnicalIndicators,
  type TechnicalCalculation,
  type TechnicalIndicator,
} from './from-technical-indicators.js'
