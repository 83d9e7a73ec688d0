import { startSimulator } from '@ralph-stock/adapters-kiwoom/simulator'
import type { SimulatorOptions } from '../options.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { type SimulatorAddresses, simulatorView } from '../output/simulator-view.js'
import { type Context, print, printJson } from './command.js'

/** `ralph-stock kiwoom-simulator`: a Kiwoom that is not there, until the program is asked to end. */
export async function kiwoomSimulatorCommand(
  options: SimulatorOptions,
  { io }: Context,
): Promise<void> {
  let forget = (): void => {}
  const interrupted = new Promise<void>((resolve) => {
    forget = io.onInterrupt(resolve)
  })
  try {
    const { host, port, speed, date, seed, stocks } = options
    const server = await startSimulator({
      host,
      port,
      speed,
      ...(date === undefined ? {} : { date }),
      ...(seed === undefined ? {} : { seed }),
      ...(stocks === undefined ? {} : { stocks }),
    })
    try {
      const addresses = addressesOf(server)
      if (options.json) printJson(io.stdout, addresses)
      else {
        const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
        print(io.stdout, simulatorView(addresses, screen))
      }
      await interrupted
    } finally {
      await server.close()
    }
  } finally {
    forget()
  }
}

function addressesOf({
  restUrl,
  socketUrl,
}: {
  readonly restUrl: string
  readonly socketUrl: string
}): SimulatorAddresses {
  return {
    restUrl,
    socketUrl,
    env: {
      KIWOOM_ENV: 'simulator',
      KIWOOM_REST_URL: restUrl,
      KIWOOM_SOCKET_URL: socketUrl,
      // Any keys are taken.
      KIWOOM_APP_KEY: 'any',
      KIWOOM_SECRET_KEY: 'any',
    },
  }
}
