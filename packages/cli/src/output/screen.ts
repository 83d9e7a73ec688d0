import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'
import type { Io, Output } from '../io.js'
import type { Language } from './language.js'

type Colors = ReturnType<typeof pc.createColors>

/** How to write for the reader in front of it: colours, language, width. */
export type Screen = {
  readonly colors: Colors
  readonly language: Language
  /** Columns that a line may take; a file takes any. */
  readonly width: number
}

/** Colours only on a terminal whose owner did not say NO_COLOR. */
export function createScreen(output: Output, env: Io['env'], language: Language): Screen {
  const colored = output.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return {
    colors: pc.createColors(colored),
    language,
    width: output.columns ?? Number.POSITIVE_INFINITY,
  }
}

// Hangul, CJK and full-width forms take two columns.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu

/** Columns that a text takes on a terminal; those of its longest line. */
export function widthOf(text: string): number {
  const lines = stripVTControlCharacters(text).split('\n')
  return Math.max(...lines.map((line) => [...line].length + (line.match(WIDE)?.length ?? 0)))
}
