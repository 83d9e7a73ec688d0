import type { Language, Words } from '../format/language.js'
import { MESSAGES, type MessageId } from './messages/index.js'

export type Params = Readonly<Record<string, string | number>>

/** A text of the page in a language, with `{name}` replaced by the parameter of that name. */
export function translate(language: Language, id: MessageId, params: Params = {}): string {
  return MESSAGES[id][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  )
}

/**
 * The text of a machine word, such as a reason or a state; the word itself where the page knows none, so
 * that a newer service loses nothing.
 */
export function wordFor(language: Language, family: string, word: string): string {
  const id = `${family}.${word}`
  return isMessage(id) ? MESSAGES[id][language] : word
}

/** The service's words in a language. */
export function wordsIn(language: Language, words: Words): string {
  return words[language]
}

function isMessage(id: string): id is MessageId {
  return Object.hasOwn(MESSAGES, id)
}
