import Table from 'cli-table3'
import { type Screen, widthOf } from './screen.js'

/** A column of a table; its cells may carry colours. */
export type TableColumn = {
  readonly head: string
  readonly align: 'left' | 'right'
  readonly cells: readonly string[]
  /** Columns of the highest number go first where the screen is too narrow; 0 stays always. */
  readonly dispensable: number
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}
const GAP = 2
const INDENT = 2

/** A table without lines, as wide as the screen allows, every line indented and without a tail. */
export function renderTable(columns: readonly TableColumn[], screen: Screen): string[] {
  const shown = fitting(
    columns.filter(({ head, cells }) => head !== '' || cells.some((cell) => widthOf(cell) > 0)),
    screen.width - INDENT,
  )
  const table = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: shown.map(({ align }) => align),
  })
  table.push(shown.map(({ head }) => screen.colors.dim(head)))
  const rows = shown[0]?.cells.length ?? 0
  for (let row = 0; row < rows; row++) table.push(shown.map(({ cells }) => cells[row] ?? ''))
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(INDENT)}${line}`.trimEnd())
}

function fitting(columns: readonly TableColumn[], width: number): readonly TableColumn[] {
  let shown = columns
  for (;;) {
    const most = Math.max(0, ...shown.map(({ dispensable }) => dispensable))
    if (most === 0 || totalWidth(shown) <= width) return shown
    shown = shown.filter(({ dispensable }) => dispensable !== most)
  }
}

function totalWidth(columns: readonly TableColumn[]): number {
  const widths = columns.map(({ head, cells }) => Math.max(...[head, ...cells].map(widthOf)))
  return widths.reduce((sum, width) => sum + width + GAP, -GAP)
}
