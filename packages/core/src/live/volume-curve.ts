import { dayNumberOfEpochMs } from '../krx/index.js'
import type { VolumeShare } from './live-bar.js'

/** Share of a session's volume traded by a time of the day, KST. */
export type VolumeCurve = ReadonlyArray<{ readonly time: string; readonly share: number }>

/**
 * A stated curve, not a fitted one: busy after the open and before the close, quiet at noon. Give your
 * own where you have measured one.
 */
export const U_SHAPED_VOLUME: VolumeCurve = [
  { time: '09:00', share: 0.02 },
  { time: '09:30', share: 0.2 },
  { time: '10:00', share: 0.3 },
  { time: '11:00', share: 0.45 },
  { time: '12:00', share: 0.56 },
  { time: '13:00', share: 0.66 },
  { time: '14:00', share: 0.77 },
  { time: '15:00', share: 0.9 },
  { time: '15:20', share: 0.96 },
  { time: '15:30', share: 1 },
]

const MS_PER_DAY = 86_400_000
const KST_OFFSET_MS = 9 * 3_600_000

/** Reads a curve at any instant, straight between its points. */
export function volumeShare(curve: VolumeCurve): VolumeShare {
  const minutes = Float64Array.from(curve, ({ time }) => minutesOf(time))
  const shares = Float64Array.from(curve, ({ share }) => share)
  return (at) => {
    const ofDay = at + KST_OFFSET_MS - dayNumberOfEpochMs(at) * MS_PER_DAY
    const minute = ofDay / 60_000
    // A tick asks for this, so nothing is allocated.
    let next = 0
    while (next < minutes.length && (minutes[next] as number) <= minute) next++
    if (next === minutes.length) return 1
    const after = shares[next] as number
    if (next === 0) return after
    const before = shares[next - 1] as number
    const from = minutes[next - 1] as number
    const part = (minute - from) / ((minutes[next] as number) - from)
    return before + part * (after - before)
  }
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
