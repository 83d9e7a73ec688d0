import { epochMsOfKst, tradeDateOfEpochMs } from '../krx/index.js'
import type { VolumeShare } from './live-stock.js'

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

/** Reads a curve at any instant, straight between its points. */
export function volumeShare(curve: VolumeCurve): VolumeShare {
  const minutes = curve.map(({ time }) => minutesOf(time))
  return (at) => {
    const midnight = epochMsOfKst(tradeDateOfEpochMs(at), '00:00')
    const minute = (at - midnight) / 60_000
    const next = minutes.findIndex((m) => m > minute)
    if (next < 0) return 1
    const after = curve[next] as VolumeCurve[number]
    if (next === 0) return after.share
    const before = curve[next - 1] as VolumeCurve[number]
    const from = minutes[next - 1] as number
    const part = (minute - from) / ((minutes[next] as number) - from)
    return before.share + part * (after.share - before.share)
  }
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
