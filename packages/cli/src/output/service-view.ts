import type { Screen } from './screen.js'

/** A service that listens. */
export type ServiceFacts = {
  readonly url: string
  /** Whether its broker is invented. */
  readonly simulated: boolean
  /** Whether a broker is followed. */
  readonly live: boolean
  /** What the store says of itself; null for nothing. */
  readonly notice: string | null
}

/** Where to look, and how it ends. */
export function serviceView(facts: ServiceFacts, { colors, language }: Screen): string[] {
  const ko = language === 'ko'
  const { url, simulated, live, notice } = facts
  const broker = simulated
    ? ko
      ? '모의 증권사: 꾸며낸 시장의 다음 거래일이 이어집니다'
      : 'simulated broker: the next session of the invented market goes on'
    : live
      ? ko
        ? '키움 실시간 연결'
        : 'following Kiwoom live'
      : ko
        ? '실시간 없음 (KIWOOM_APP_KEY, KIWOOM_SECRET_KEY가 없습니다)'
        : 'not live (no KIWOOM_APP_KEY and KIWOOM_SECRET_KEY)'
  return [
    `${colors.bold(ko ? '서비스' : 'Service')}  ${colors.cyan(url)}`,
    `  ${ko ? 'API 문서' : 'API docs'}  ${url}/docs`,
    `  ${broker}`,
    ...(notice === null ? [] : [`  ${colors.dim(notice)}`]),
    colors.dim(ko ? '  끝내려면 Ctrl+C' : '  Ctrl+C ends it'),
  ]
}
