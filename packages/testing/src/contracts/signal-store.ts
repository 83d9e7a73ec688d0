import type { SignalStore, StoredSignal } from '@ralph-stock/core'
import { type ContractCheck, ensure, ensureEqual } from './check.js'
import { cardOf, FIRST, PLAN, SECOND, scanOf, sorted } from './signal-cards.js'
import { SIGNAL_LIFE } from './signal-life.js'

/**
 * What every `SignalStore` does, as checks for any test runner. Each opens a store of its own.
 *
 * @param open makes an empty store; the check closes it
 * @example for (const { name, run } of testSignalStore(openMine)) it(name, run)
 */
export function testSignalStore(open: () => Promise<SignalStore>): readonly ContractCheck[] {
  const check = (name: string, body: (store: SignalStore) => Promise<void>): ContractCheck => ({
    name,
    run: async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    },
  })
  return [
    check('holds no signal at first', async (store) => {
      ensureEqual(await store.findSignals(), [], 'the signals')
    }),
    check('opens a signal for each card, the card kept whole', async (store) => {
      const cards = [cardOf('000100', FIRST), cardOf('000200', FIRST)]
      const saved = await store.saveScan(scanOf(FIRST, cards))
      ensureEqual([saved.added, saved.corrected, saved.kept], [2, 0, 0], 'what became of the cards')
      const found = await store.findSignals({ ticker: '000200' })
      ensureEqual(found.length, 1, 'the number of signals of the stock')
      const [signal] = found
      ensureEqual(sorted(signal?.card), sorted(cards[1]), 'the card')
      ensureEqual([signal?.status, signal?.exit], ['OPEN', null], 'the life of a new signal')
      ensureEqual(signal?.signalDate, FIRST, 'the date')
      ensureEqual([signal?.target, signal?.stop], [PLAN.target, PLAN.stop], 'the levels')
      ensure(Number.isSafeInteger(signal?.createdAt), 'a signal must know when it was made')
    }),
    check('tells the signals that a scan added, and no others', async (store) => {
      const first = await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      ensureEqual(sorted(first.signals), sorted(await store.findSignals()), 'the added signals')
      const cards = ['000100', '000200'].map((ticker) => cardOf(ticker, FIRST))
      const second = await store.saveScan(scanOf(FIRST, cards))
      const [added] = await store.findSignals({ ticker: '000200' })
      ensureEqual(sorted(second.signals), sorted([added]), 'the signals added by a second scan')
    }),
    check('adds nothing when the same scan comes again', async (store) => {
      const scan = scanOf(FIRST, [cardOf('000100', FIRST)])
      await store.saveScan(scan)
      const again = await store.saveScan(scan)
      ensureEqual([again.added, again.kept], [0, 1], 'what became of the same card')
      ensureEqual((await store.findSignals()).length, 1, 'the number of signals')
    }),
    check('keeps one open signal per stock and strategy', async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      const later = await store.saveScan(scanOf(SECOND, [cardOf('000100', SECOND)]))
      ensureEqual([later.added, later.kept], [0, 1], 'what became of a card while one is open')
      const open = await store.findSignals({ status: 'OPEN' })
      ensureEqual(
        open.map(({ signalDate }) => signalDate),
        [FIRST],
        'the open signals',
      )
    }),
    check('finds signals by what their cards say', async (store) => {
      const cards = [
        cardOf('000100', FIRST, { market: 'KOSPI' }),
        cardOf('000200', FIRST, { market: 'KOSDAQ', grade: 'B', score: 0.5 }),
        cardOf('000300', FIRST, { market: 'KOSPI', strategyId: 'daytrade' }),
      ]
      await store.saveScan(scanOf(FIRST, cards))
      await store.saveScan(scanOf(SECOND, [cardOf('000400', SECOND, { market: 'KOSPI' })]))
      const tickers = async (query: Parameters<SignalStore['findSignals']>[0]): Promise<string[]> =>
        (await store.findSignals(query)).map(({ ticker }) => ticker).sort()
      ensureEqual(await tickers({ market: 'KOSDAQ' }), ['000200'], 'a market')
      ensureEqual(await tickers({ grade: 'B' }), ['000200'], 'a grade')
      ensureEqual(await tickers({ minimumScore: 1 }), ['000100', '000300', '000400'], 'a score')
      ensureEqual(await tickers({ from: SECOND }), ['000400'], 'dates from one on')
      ensureEqual(
        await tickers({ to: FIRST, market: 'KOSPI' }),
        ['000100', '000300'],
        'dates to one',
      )
      ensureEqual(await tickers({ strategyId: 'daytrade' }), ['000300'], 'a strategy')
    }),
    check('gives pages that together are the list, whatever is added meanwhile', async (store) => {
      const ofDate = (date: typeof FIRST): ReturnType<typeof scanOf> =>
        scanOf(
          date,
          ['000100', '000200', '000300'].flatMap((ticker) => [
            cardOf(`${date === FIRST ? 'A' : 'B'}${ticker.slice(1)}`, date),
            cardOf(`${date === FIRST ? 'A' : 'B'}${ticker.slice(1)}`, date, {
              strategyId: 'daytrade',
            }),
          ]),
        )
      await store.saveScan(ofDate(FIRST))
      const list = await store.findSignals()
      const paged: StoredSignal[] = []
      for (let page = await store.findSignals({ limit: 2 }); page.length > 0; ) {
        paged.push(...page)
        if (paged.length === 2) await store.saveScan(ofDate(SECOND))
        const last = page.at(-1)
        ensure(page.length <= 2 && last !== undefined, 'a page must hold at most what was asked')
        page = await store.findSignals({ limit: 2, before: last })
      }
      ensureEqual(paged.map(nameOf), list.map(nameOf), 'the pages together')
      ensureEqual(list.length, 6, 'the number of signals')
      const names = list.map(({ id }) => id)
      ensureEqual(
        names,
        names.toSorted((a, b) => b - a),
        'the ids of one date',
      )
    }),
    check('keeps all cards of a scan, or none', async (store) => {
      const wrong = cardOf('000200', FIRST, { ticker: null as unknown as string })
      const scan = scanOf(FIRST, [cardOf('000100', FIRST), wrong])
      const saved = await store.saveScan(scan).then(
        () => true,
        () => false,
      )
      ensure(!saved, 'a card without a ticker must be refused')
      ensureEqual(await store.findSignals(), [], 'what a refused scan left')
    }),
    ...SIGNAL_LIFE.map(([name, body]) => check(name, body)),
  ]
}

function nameOf({ strategyId, id }: StoredSignal): string {
  return `${strategyId} ${id}`
}
