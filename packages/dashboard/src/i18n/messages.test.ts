import { describe, expect, it } from 'vitest'
import { MESSAGES } from './messages/index.js'
import { translate, wordFor } from './translate.js'

describe('the texts of the page', () => {
  it('are there in both languages, with the same parameters', () => {
    const parameters = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [id, { ko, en }] of Object.entries(MESSAGES)) {
      expect([id, ko.trim() === '', en.trim() === '']).toEqual([id, false, false])
      expect([id, parameters(en)]).toEqual([id, parameters(ko)])
    }
  })

  it('put parameters in, and leave alone what has none', () => {
    expect(translate('en', 'word.asOf', { date: '2026-02-10' })).toBe('as of 2026-02-10')
    expect(translate('ko', 'word.asOf')).toBe('{date} 기준')
  })

  it('show a word that they do not know as the service sent it', () => {
    expect(wordFor('ko', 'reason', 'preferred')).toBe('우선주')
    expect(wordFor('ko', 'reason', 'brand-new')).toBe('brand-new')
  })
})
