import type { Screen } from './screen.js'

/** Where a simulator is; the public shape of `kiwoom-simulator --json`. */
export type SimulatorAddresses = {
  readonly restUrl: string
  readonly socketUrl: string
  /** How to point the client at it. */
  readonly env: Readonly<Record<string, string>>
}

/** What to set in another terminal, and how it ends. */
export function simulatorView(
  { restUrl, socketUrl, env }: SimulatorAddresses,
  screen: Screen,
): string[] {
  const { colors, language } = screen
  const ko = language === 'ko'
  return [
    `${colors.bold(ko ? '키움 모의 서버' : 'Kiwoom simulator')}  ${colors.yellow(
      ko ? '모든 종목과 시세는 꾸며낸 것입니다' : 'every stock and price is invented',
    )}`,
    `  REST       ${restUrl}`,
    `  WebSocket  ${socketUrl}`,
    '',
    ko ? '다른 터미널에서:' : 'In another terminal:',
    ...Object.entries(env).map(([name, value]) => `  ${colors.cyan(`export ${name}=${value}`)}`),
    `  ${colors.cyan('npx ralph-stock sync --home ./simulated')}`,
    '',
    ko ? '끝내려면 Ctrl+C' : 'Ctrl+C ends it',
  ]
}
