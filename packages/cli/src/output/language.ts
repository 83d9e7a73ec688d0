import type { Text } from '@ralph-stock/core'

/** The two languages of the product. */
export type Language = 'ko' | 'en'

/** The language that was asked for, else that of the terminal. */
export function languageOf(
  asked: Language | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  if (asked !== undefined) return asked
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

/** A text in a language. */
export function say(text: Text, language: Language): string {
  return text[language]
}
