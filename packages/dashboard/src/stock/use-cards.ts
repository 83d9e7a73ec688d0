import type { ScoreCardView } from '@ralph-stock/server/api'
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { KEYS } from '../api/queries.js'
import type { StockScore } from '../api/types.js'
import { useServices } from '../app/services.js'
import { usePolling } from '../live/use-live.js'

/** The cards of a stock, each as live as its strategy is. */
export function useCards(ticker: string): UseQueryResult<StockScore> {
  const { queries, live } = useServices()
  const cache = useQueryClient()
  const query = useQuery({ ...queries.score(ticker), refetchInterval: usePolling() })
  const ids = (query.data?.cards ?? []).map(({ strategyId }) => strategyId).join(' ')
  const take = useEffectEvent((card: ScoreCardView) => {
    cache.setQueryData<StockScore>(KEYS.score(ticker), (score) => score && withCard(score, card))
  })
  useEffect(() => {
    if (ids === '') return
    const leave = ids.split(' ').map((id) =>
      live.subscribe(`score:${id}:${ticker}`, (event) => {
        if (event.kind === 'update' && event.update.type === 'score_update') take(event.update.data)
      }),
    )
    return () => {
      for (const one of leave) one()
    }
  }, [ids, live, ticker])
  return query
}

function withCard(score: StockScore, card: ScoreCardView): StockScore {
  const at = score.cards.findIndex(({ strategyId }) => strategyId === card.strategyId)
  if (at < 0) return score
  return { ...score, live: true, cards: score.cards.with(at, card) }
}
