import { describe, expect, it } from 'vitest'
import { createSettings, DEFAULTS, type KeyValue } from './settings.js'

function memory(text: string | null): KeyValue & { readonly kept: () => string | null } {
  let kept = text
  return {
    kept: () => kept,
    getItem: () => kept,
    setItem: (_, value) => {
      kept = value
    },
    removeItem: () => {
      kept = null
    },
  }
}

describe('settings', () => {
  it('begin in Korean, with Korean colours, as bright as the system', () => {
    expect(createSettings(null).get()).toEqual({
      language: 'ko',
      theme: 'system',
      colours: 'korean',
    })
  })

  it('are kept and found again', () => {
    const storage = memory(null)
    createSettings(storage).set({ language: 'en', theme: 'dark', colours: 'western' })
    expect(createSettings(storage).get()).toEqual({
      language: 'en',
      theme: 'dark',
      colours: 'western',
    })
  })

  it.each(['not json', 'null', '[]', '{"language":"fr","theme":7}'])(
    'fall back where %s was kept',
    (text) => {
      expect(createSettings(memory(text)).get()).toEqual(DEFAULTS)
    },
  )

  it('hold while the page is open where the browser forbids its storage', () => {
    const refuse = (): never => {
      throw new Error('forbidden')
    }
    const settings = createSettings({ getItem: refuse, setItem: refuse, removeItem: refuse })
    settings.set({ ...DEFAULTS, language: 'en' })
    expect(settings.get().language).toBe('en')
  })
})
