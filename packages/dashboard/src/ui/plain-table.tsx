import type { ReactNode } from 'react'
import { ScrollBox } from './scroll-box.js'

/** A short table: headings and rows of cells, of which the first names the row. */
export function PlainTable({
  caption,
  headings,
  rows,
}: {
  readonly caption: string
  readonly headings: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}) {
  return (
    <ScrollBox label={caption}>
      <table className="plain-table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, at) => (
                <td key={headings[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
