import { createContext, use, useSyncExternalStore } from 'react'
import { DEFAULTS, type Settings } from './settings.js'
import { createStore, type Store } from './store.js'

/** Where components find the settings. */
export const SettingsContext = createContext<Store<Settings>>(createStore(DEFAULTS))

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

export function useSettings(): Settings {
  return useStore(use(SettingsContext))
}
