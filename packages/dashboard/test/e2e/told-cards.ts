import type { ScoreCardView } from '@ralph-stock/server/api'
import type { Page } from 'playwright-core'

/** The cards that a page was told of, the last of each strategy. */
export type ToldCards = { lines(): readonly string[] }

/**
 * Listens to what the service tells a page of a stock's cards, over REST and over the socket. In a session
 * a card changes with every trade, so that asking once more would give another one.
 */
export function listenForCards(page: Page, ticker: string): ToldCards {
  const cards = new Map<string, ScoreCardView>()
  const keep = (card: ScoreCardView): void => {
    if (card.ticker === ticker) cards.set(card.strategyId, card)
  }
  page.on('response', async (response) => {
    if (!response.url().endsWith(`/api/kr/stocks/${ticker}/score`)) return
    const { data } = await response.json()
    for (const card of data.cards) if (!cards.has(card.strategyId)) keep(card)
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload))
      const update = message.type === 'snapshot' ? message.data : message
      if (update?.type === 'score_update') keep(update.data)
    })
  })
  return {
    lines: () =>
      [...cards.values()].flatMap((card) =>
        card.criteria.map(({ id, outcome, reason }) =>
          [card.strategyId, id, outcome, reason.ko].join(' '),
        ),
      ),
  }
}

/** The lines that a page shows, in the same words. */
export async function shownLines(page: Page): Promise<readonly string[]> {
  return page
    .locator('[data-card]')
    .evaluateAll((cards) =>
      cards.flatMap((card) =>
        [...card.querySelectorAll<HTMLElement>('[data-criterion]')].map((line) =>
          [
            card.getAttribute('data-card'),
            line.dataset['criterion'],
            line.dataset['outcome'],
            line.querySelector('.reason')?.textContent,
          ].join(' '),
        ),
      ),
    )
}
