import './toasts.css'
import '../ui/controls.css'
import type { SignalView } from '@ralph-stock/server/api'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { KEYS, type SignalStatus } from '../api/queries.js'
import { withSignal } from '../api/upsert.js'
import { useWords } from '../i18n/use-words.js'
import type { SignalData } from '../live/protocol.js'
import { useHealth, useTopic } from '../live/use-live.js'
import { Grade } from '../ui/grade.js'

const MOST = 4
const SHOWN_MS = 12_000

type Toast = { readonly id: number; readonly data: SignalData }

/** Hears of signals for the whole page: puts them into the lists, and tells of new ones. */
export function Toasts() {
  const { t, say } = useWords()
  const cache = useQueryClient()
  const { data: health } = useHealth()
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const next = useRef(0)
  const drop = (id: number): void => setToasts((all) => all.filter((one) => one.id !== id))

  useTopic('signals', (event) => {
    if (event.kind === 'stale') {
      void cache.invalidateQueries({ queryKey: KEYS.signals })
      return
    }
    if (event.update.type !== 'signal_update') return
    const { data } = event.update
    for (const status of ['OPEN', 'CLOSED'] as const) keep(status, data.signal)
    void cache.invalidateQueries({ queryKey: KEYS.stockSignals(data.signal.ticker) })
    if (data.kind !== 'opened' && data.kind !== 'closed') return
    const id = next.current++
    setToasts((all) => [...all, { id, data }].slice(-MOST))
    setTimeout(() => drop(id), SHOWN_MS)
  })
  const keep = (status: SignalStatus, signal: SignalView): void => {
    const queryKey = [...KEYS.signals, signal.signal_type, status]
    cache.setQueryData<readonly SignalView[]>(queryKey, (list) =>
      list === undefined ? undefined : withSignal(list, signal, status),
    )
    // An answer under way may be older than this: it is asked for again.
    if (cache.isFetching({ queryKey }) > 0) void cache.invalidateQueries({ queryKey })
  }
  const strategyName = (id: string): string => {
    const label = health?.strategies.find((one) => one.id === id)?.label
    return label === undefined ? id : say(label)
  }

  return (
    <section className="toasts" aria-live="polite" aria-label={t('signals.new')}>
      {toasts.map(({ id, data: { kind, signal } }) => (
        <div key={id} className="toast">
          <Link href={`/stocks/${signal.ticker}`}>
            {t(kind === 'opened' ? 'signals.new' : 'signals.closed')}:{' '}
            {strategyName(signal.signal_type)} <Grade grade={signal.grade} /> {signal.name}
          </Link>
          <button
            type="button"
            className="button plain"
            aria-label={t('word.close')}
            onClick={() => drop(id)}
          >
            ×
          </button>
        </div>
      ))}
    </section>
  )
}
