import type { SyncProgress } from '@ralph-stock/adapters-kiwoom'
import { Presets, SingleBar } from 'cli-progress'
import type { Io } from '../io.js'
import type { Language } from '../output/language.js'

/** Shows how far a sync is, and how long it may still take. */
export type SyncBar = { update(progress: SyncProgress): void; stop(): void }

/** A bar on a terminal; nothing anywhere else. */
export function createSyncBar(io: Io, language: Language, shown: boolean): SyncBar {
  if (!shown || !io.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const ko = language === 'ko'
  const bar = new SingleBar(
    { format: ' {bar} {value}/{total}  {left}', hideCursor: true, clearOnComplete: true },
    Presets.rect,
  )
  let startedAt: number | null = null
  let before = 0
  bar.start(1, 0, {
    left: ko ? '종목 목록과 지수를 받는 중' : 'asking for the list and the indexes',
  })
  return {
    update({ done, total }) {
      const now = io.now()
      if (startedAt === null) {
        startedAt = now
        before = done
      }
      bar.setTotal(Math.max(total, 1))
      bar.update(done, {
        left: leftText(remainingMs(now - startedAt, done - before, total - done), ko),
      })
    },
    stop: () => bar.stop(),
  }
}

/** How long what is left takes at the speed so far; null before anything shows it. */
export function remainingMs(elapsedMs: number, done: number, left: number): number | null {
  return done <= 0 ? null : (elapsedMs / done) * left
}

/** A span of time in words, to the minute above one. */
export function leftText(ms: number | null, ko: boolean): string {
  if (ms === null) return ''
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return ko ? `약 ${seconds}초 남음` : `about ${seconds} s left`
  const minutes = Math.ceil(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return ko ? `약 ${minutes}분 남음` : `about ${minutes} min left`
  return ko ? `약 ${hours}시간 ${minutes % 60}분 남음` : `about ${hours} h ${minutes % 60} min left`
}
