import { stat } from 'node:fs/promises'
import {
  dayNumber,
  type MarketBatch,
  RalphError,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { readBars } from './bars-file.js'
import { missingSessions, offCalendar } from './missing-sessions.js'
import { readFlows, readIndexes } from './other-files.js'
import type { FilesReport } from './report.js'
import { readSourceFile, requireSourceFile } from './source-file.js'
import { readStocks } from './stocks-file.js'

/** How far the reading of a folder is. */
export type ReadStep = 'read' | 'stocks' | 'bars' | 'flows' | 'indexes' | 'checked'

export type ReadOptions = {
  /** Date of stocks.csv; that of the last bar when absent. */
  readonly listDate?: TradeDate
  /** Epoch ms UTC. */
  readonly knownAt: number
  readonly onStep?: (step: ReadStep) => void
}

/** The sound rows of a folder, and what was found in its files. Nothing is written anywhere. */
export type ReadResult = { readonly batch: MarketBatch; readonly report: FilesReport }

/** Who says so, in the store: the files of an import. */
export const FILES_SOURCE = 'krx-files'

/**
 * Reads and checks all files of a folder.
 *
 * @throws RalphError E_IMPORT_*
 */
export async function readFolder(folder: string, options: ReadOptions): Promise<ReadResult> {
  const step = options.onStep ?? (() => {})
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) {
    throw new RalphError(
      'E_IMPORT_FILE',
      `${folder} is not a folder; give the one that holds stocks.csv and bars.csv`,
      { folder },
    )
  }
  const [stocksFile, barsFile, flowsFile, indexFile] = await Promise.all([
    requireSourceFile(folder, 'stocks'),
    requireSourceFile(folder, 'bars'),
    readSourceFile(folder, 'flows'),
    readSourceFile(folder, 'index'),
  ])
  step('read')
  const { stocks, report: stocksReport } = readStocks(stocksFile)
  step('stocks')
  const listed = new Set(stocks.map((stock) => stock.ticker))
  const isListed = (ticker: string): boolean => listed.has(ticker)
  const bars = readBars(barsFile, isListed)
  step('bars')
  const flows = flowsFile === null ? null : readFlows(flowsFile, isListed)
  step('flows')
  const indexes = indexFile === null ? null : readIndexes(indexFile)
  step('indexes')
  const listDate = options.listDate ?? bars.report.lastDate
  if (listDate === null) {
    throw new RalphError(
      'E_IMPORT_EMPTY',
      `no row of ${barsFile.name} can be kept: none has a ticker of ${stocksFile.name}`,
    )
  }
  const result: ReadResult = {
    batch: {
      source: FILES_SOURCE,
      knownAt: options.knownAt,
      stocks,
      listDay: dayNumber(tradeDate(listDate)),
      bars: bars.rows,
      flows: flows?.rows ?? null,
      indexes: indexes?.rows ?? null,
    },
    report: {
      folder,
      listDate,
      listDateGiven: options.listDate !== undefined,
      stocks: stocksReport,
      bars: bars.report,
      flows: flows?.report ?? null,
      indexes: indexes?.report ?? null,
      missingSessions: missingSessions(stocks, bars.rows, indexes?.rows ?? null),
      offCalendar: offCalendar(
        bars.rows.day,
        flows?.rows.day ?? new Int32Array(0),
        indexes?.rows.day ?? new Int32Array(0),
      ),
    },
  }
  step('checked')
  return result
}
