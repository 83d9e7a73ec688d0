import type { Language } from '../format/language.js'
import { createStore, type Store } from './store.js'

/** How a person wants the page: kept in the browser. */
export type Settings = {
  readonly language: Language
  readonly theme: 'system' | 'light' | 'dark'
  /** `korean`: up is red and down is blue; `western`: up is green and down is red. */
  readonly colours: 'korean' | 'western'
}

/** The part of the browser's storage that is used. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = 'ralph-stock.settings'
export const DEFAULTS: Settings = { language: 'ko', theme: 'system', colours: 'korean' }

/** Settings that outlive the page where the browser allows it, and only last with it where not. */
export function createSettings(storage: KeyValue | null): Store<Settings> {
  const store = createStore(read(storage))
  store.subscribe(() => {
    try {
      storage?.setItem(KEY, JSON.stringify(store.get()))
    } catch {
      // A full or forbidden storage: the settings hold until the page is left.
    }
  })
  return store
}

/** Puts the settings where the style sheets look. */
export function applySettings(root: HTMLElement, settings: Settings): void {
  root.lang = settings.language
  root.dataset['theme'] = settings.theme
  root.dataset['colours'] = settings.colours
}

function read(storage: KeyValue | null): Settings {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? checked(kept) : DEFAULTS
  } catch {
    return DEFAULTS
  }
}

function checked(kept: object): Settings {
  const pick = <T extends string>(name: keyof Settings, allowed: readonly T[], or: T): T => {
    const value: unknown = Reflect.get(kept, name)
    return allowed.find((one) => one === value) ?? or
  }
  return {
    language: pick('language', ['ko', 'en'], DEFAULTS.language),
    theme: pick('theme', ['system', 'light', 'dark'], DEFAULTS.theme),
    colours: pick('colours', ['korean', 'western'], DEFAULTS.colours),
  }
}
