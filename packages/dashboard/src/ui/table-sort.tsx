import { useWords } from '../i18n/use-words.js'
import type { Column } from './column.js'
import { pressed, type Sorting } from './sorting.js'

type SortProps<Row> = {
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  readonly column: Column<Row>
}

/** A column's heading; pressed, it sorts. */
export function Heading<Row>({ column, sorting, onSort }: SortProps<Row>) {
  const sorted = sorting.column === column.id
  const className = `head-${column.id}${column.end ? ' end' : ''}`
  const direction = sorting.descending ? 'descending' : 'ascending'
  if (column.sorts === undefined) {
    return (
      <th scope="col" className={className}>
        {column.label}
      </th>
    )
  }
  const { sorts } = column
  return (
    <th scope="col" className={className} aria-sort={sorted ? direction : 'none'}>
      <button
        type="button"
        className="sort-button"
        data-sorted={sorted}
        onClick={() => onSort(pressed(sorting, column.id, sorts === 'down'))}
      >
        {column.label}
        <span aria-hidden="true">{sorted ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  )
}

/** On a phone the headings are not seen: the order is chosen from a list. */
export function SortSelect<Row>({
  columns,
  sorting,
  onSort,
}: Omit<SortProps<Row>, 'column'> & { readonly columns: readonly Column<Row>[] }) {
  const { t } = useWords()
  return (
    <label className="sort-select">
      <span>{t('word.sort')}</span>
      <select
        className="field"
        value={`${sorting.column} ${sorting.descending ? 'down' : 'up'}`}
        onChange={(event) => {
          const [column = '', direction] = event.currentTarget.value.split(' ')
          onSort({ column, descending: direction === 'down' })
        }}
      >
        {columns
          .filter((column) => column.sorts !== undefined)
          .flatMap((column) =>
            ['down', 'up'].map((direction) => (
              <option key={`${column.id} ${direction}`} value={`${column.id} ${direction}`}>
                {column.label} {direction === 'down' ? '↓' : '↑'}
              </option>
            )),
          )}
      </select>
    </label>
  )
}
