import { Presets, SingleBar } from 'cli-progress'
import type { Io } from '../io.js'
import type { ReadStep } from './read-folder.js'

/** Shows how far an import is. */
export type Progress = { step(name: ReadStep | 'write'): void; stop(): void }

/** How far along the whole each step begins, in percent, as measured on the whole market. */
const STEPS: Readonly<
  Record<ReadStep | 'write', readonly [percent: number, ko: string, en: string]>
> = {
  read: [8, '종목 읽는 중', 'reading stocks'],
  stocks: [9, '시세 읽는 중', 'reading bars'],
  bars: [20, '수급 읽는 중', 'reading flows'],
  flows: [23, '지수 읽는 중', 'reading indexes'],
  indexes: [24, '검사하는 중', 'checking'],
  checked: [26, '저장소 여는 중', 'opening the store'],
  write: [30, '저장하는 중', 'writing'],
}

/** A bar on a terminal; nothing anywhere else. */
export function createProgress(io: Io, language: 'ko' | 'en', shown: boolean): Progress {
  if (!shown || !io.stderr.isTTY) return { step: () => {}, stop: () => {} }
  const bar = new SingleBar(
    { format: ' {bar} {percentage}%  {step}', hideCursor: true, clearOnComplete: true },
    Presets.rect,
  )
  bar.start(100, 0, { step: language === 'ko' ? '파일 여는 중' : 'opening files' })
  return {
    step(name) {
      const [percent, ko, en] = STEPS[name]
      bar.update(percent, { step: language === 'ko' ? ko : en })
    },
    stop: () => bar.stop(),
  }
}
