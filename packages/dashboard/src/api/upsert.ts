import type { JobView, SignalView } from '@ralph-stock/server/api'

/** A list of signals after one of them changed; the list itself when nothing did. */
export function withSignal(
  list: readonly SignalView[],
  signal: SignalView,
  status: SignalView['status'],
): readonly SignalView[] {
  const at = list.findIndex((one) => one.id === signal.id && one.signal_type === signal.signal_type)
  if (signal.status !== status) return at < 0 ? list : list.toSpliced(at, 1)
  return at < 0 ? [signal, ...list] : list.with(at, signal)
}

/** A list of jobs, newest first, after one of them changed. */
export function withJob(list: readonly JobView[], job: JobView): JobView[] {
  const at = list.findIndex((one) => one.id === job.id)
  return at < 0 ? [job, ...list] : list.with(at, job)
}
