import './virtual-table.css'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useLocation } from 'wouter'
import type { Column } from './column.js'
import type { Sorting } from './sorting.js'
import { Heading, SortSelect } from './table-sort.js'
import { usePhone } from './use-phone.js'

/** A table of any length: only the rows that the window shows are drawn. It scrolls with the page. */
export function VirtualTable<Row>({
  caption,
  className,
  columns,
  rows,
  rowKey,
  rowClass,
  rowHeight,
  phoneRowHeight,
  sorting,
  onSort,
}: {
  readonly caption: string
  readonly className: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly rowClass?: (row: Row) => string
  /** CSS pixels. */
  readonly rowHeight: number
  readonly phoneRowHeight: number
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
}) {
  const table = useRef<HTMLTableElement>(null)
  const phone = usePhone()
  const [, navigate] = useLocation()
  const height = phone ? phoneRowHeight : rowHeight
  const [top, setTop] = useState(0)
  // What stands above may grow and shrink: the table has to know where it begins.
  useLayoutEffect(() => {
    const measure = (): void => {
      const box = table.current?.getBoundingClientRect()
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height makes other positions
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  const items = virtual.getVirtualItems()
  const before = (items[0]?.start ?? top) - top
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top)
  const onKeyDown = (event: KeyboardEvent): void =>
    moveFocus(event, virtual.scrollToIndex, rows.length)

  return (
    <>
      <SortSelect columns={columns} sorting={sorting} onSort={onSort} />
      <table
        ref={table}
        className={`vtable ${className}`}
        style={{ '--row-height': `${height}px` } as CSSProperties}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        onClick={(event) => follow(event, navigate)}
      >
        <caption className="hidden">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} className={`col-${column.id}`} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column.id} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} columns={columns.length} />
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <TableRow
                key={item.key}
                name={rowKey(row)}
                index={item.index}
                row={row}
                columns={columns}
                className={rowClass?.(row)}
              />
            )
          })}
          <Spacer height={after} columns={columns.length} />
        </tbody>
      </table>
    </>
  )
}

type RowProps<Row> = {
  readonly name: string
  readonly index: number
  readonly row: Row
  readonly columns: readonly Column<Row>[]
  readonly className: string | undefined
}

function RowOfTable<Row>({ name, index, row, columns, className }: RowProps<Row>) {
  return (
    <tr data-row={name} data-index={index} aria-rowindex={index + 2} className={className}>
      {columns.map((column) => (
        <td key={column.id} className={`cell-${column.id}${column.end ? ' end' : ''}`}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

// Scrolling draws the table again: a row that stays where it is must not be. Sound: `memo` keeps the
// component's type but for its parameter of type.
const TableRow = memo(RowOfTable) as typeof RowOfTable

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null
  return (
    <tr className="spacer" style={{ height }}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

// Links of rows are plain: one listener for all follows them within the page.
function follow(event: MouseEvent, navigate: (href: string) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const href = link?.getAttribute('href')
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  if (href == null || !href.startsWith('/') || modified || event.button !== 0) return
  event.preventDefault()
  navigate(href)
}

// Arrow keys move from row to row; a row that is not drawn yet is scrolled to first.
function moveFocus(event: KeyboardEvent, scrollTo: (index: number) => void, count: number): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const row = event.target instanceof Element ? event.target.closest('tr[data-index]') : null
  if (step === undefined || row === null) return
  const index = Number(row.getAttribute('data-index')) + step
  if (index < 0 || index >= count) return
  event.preventDefault()
  const body = row.parentElement
  const focus = (): boolean => {
    const link = body?.querySelector<HTMLElement>(`tr[data-index="${index}"] a`)
    link?.focus()
    return link != null
  }
  if (focus()) return
  scrollTo(index)
  requestAnimationFrame(() => requestAnimationFrame(focus))
}
