import { useMemo } from 'react'
import type { Language, Words } from '../format/language.js'
import { useSettings } from '../settings/use-settings.js'
import type { MessageId } from './messages/index.js'
import { type Params, translate, wordFor, wordsIn } from './translate.js'

/** The page's words in the language that is set. */
export type Speech = {
  readonly language: Language
  readonly t: (id: MessageId, params?: Params) => string
  /** A machine word of the service, such as `reason`, `preferred`. */
  readonly word: (family: string, word: string) => string
  /** Words that the service sent in both languages. */
  readonly say: (words: Words) => string
}

export function useWords(): Speech {
  const { language } = useSettings()
  return useMemo(
    () => ({
      language,
      t: (id, params) => translate(language, id, params),
      word: (family, word) => wordFor(language, family, word),
      say: (words) => wordsIn(language, words),
    }),
    [language],
  )
}
