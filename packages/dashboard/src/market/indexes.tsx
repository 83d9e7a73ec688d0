import type { MarketGateView } from '@ralph-stock/server/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { formatIndex } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import type { IndexData } from '../live/protocol.js'
import { useTopic } from '../live/use-live.js'
import { Change } from '../ui/change.js'
import { Panel } from '../ui/panel.js'
import { Loaded } from '../ui/states.js'

/** KOSPI and KOSDAQ, live. */
export function Indexes({ query }: { readonly query: UseQueryResult<MarketGateView> }) {
  const { t } = useWords()
  return (
    <Panel title={t('index.title')}>
      <Loaded query={query} lines={2}>
        {(gate) => (
          <div className="indexes">
            <Index name="KOSPI" of={gate.kospi} />
            <Index name="KOSDAQ" of={gate.kosdaq} />
          </div>
        )}
      </Loaded>
    </Panel>
  )
}

function Index({
  name,
  of,
}: {
  readonly name: 'KOSPI' | 'KOSDAQ'
  readonly of: MarketGateView['kospi']
}) {
  const [live, setLive] = useState<IndexData | null>(null)
  useTopic(`market:${name.toLowerCase()}`, (event) => {
    if (event.kind === 'update' && event.update.type === 'index_update') setLive(event.update.data)
  })
  return (
    <div className="index" data-index={name}>
      <h3 className="small muted">{name}</h3>
      <b>{formatIndex(live === null ? of.value : live.index)}</b>
      {live === null ? (
        <Change changePct={of.change_pct} />
      ) : (
        <Change change={live.change} changePct={live.change_rate} digits={2} />
      )}
    </div>
  )
}
