import './panel.css'
import type { ReactNode } from 'react'

/** Scrolls what is wider than the page, also by keyboard. */
export function ScrollBox({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a pointer it scrolls once it has the focus
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
