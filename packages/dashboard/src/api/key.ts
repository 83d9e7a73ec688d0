import type { KeyValue } from '../settings/settings.js'
import { createStore, type Store } from '../settings/store.js'

/** What the dialog that asks for a key shows; null while nobody asks. */
export type KeyRequest = {
  /** Whether a key was given before and refused. */
  readonly refused: boolean
  readonly answer: (key: string | null) => void
}

/** The API key of this tab, asked for once however many requests need it. */
export interface KeyRing {
  readonly request: Store<KeyRequest | null>
  current(): string | null
  /**
   * Asks a person for a key.
   *
   * @param refused the key that did not open, null when none was sent
   * @returns null when the person gave none
   */
  ask(refused: string | null): Promise<string | null>
}

const NAME = 'ralph-stock.api-key'

/** Makes a key ring over the session storage of the tab: the key is gone when the tab is. */
export function createKeyRing(storage: KeyValue | null): KeyRing {
  const request = createStore<KeyRequest | null>(null)
  let key = read(storage)
  let asking: Promise<string | null> | null = null

  const open = (refused: boolean): Promise<string | null> =>
    new Promise((resolve) => {
      request.set({
        refused,
        answer: (given) => {
          key = given
          keep(storage, given)
          request.set(null)
          resolve(given)
        },
      })
    })

  return {
    request,
    current: () => key,
    ask: async (refused) => {
      // Another request has been answered with a newer key meanwhile.
      if (key !== null && key !== refused) return key
      asking ??= open(refused !== null).finally(() => {
        asking = null
      })
      return asking
    },
  }
}

function read(storage: KeyValue | null): string | null {
  try {
    return storage?.getItem(NAME) ?? null
  } catch {
    return null
  }
}

function keep(storage: KeyValue | null, key: string | null): void {
  try {
    if (key === null) storage?.removeItem(NAME)
    else storage?.setItem(NAME, key)
  } catch {
    // Without storage the key lasts as long as the page.
  }
}
