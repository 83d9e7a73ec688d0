/** Languages of the page. */
export type Language = 'ko' | 'en'

/** Words in both languages, as the API sends them. */
export type Words = { readonly ko: string; readonly en: string }

/** What stands where a number is not known. */
export const UNKNOWN = '–'
