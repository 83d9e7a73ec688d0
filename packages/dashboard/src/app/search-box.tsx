import './search-box.css'
import '../ui/controls.css'
import type { StockRow } from '@ralph-stock/server/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { useWords } from '../i18n/use-words.js'
import { useServices } from './services.js'

/** Finds a stock by part of its name or code, and goes to its page. */
export function SearchBox() {
  const { t } = useWords()
  const { queries } = useServices()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const asked = useDeferredValue(text.trim())
  const { data } = useQuery({ ...queries.search(asked), placeholderData: keepPreviousData })
  const id = useId()
  const found = asked === '' ? [] : (data?.stocks ?? [])
  const shown = open && asked !== '' && data !== undefined

  const go = (stock: StockRow | undefined): void => {
    if (stock === undefined) return
    setOpen(false)
    setText('')
    navigate(`/stocks/${stock.ticker}`)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) {
      event.preventDefault()
      setActive((active + step + found.length) % found.length)
    } else if (event.key === 'Enter') go(found[active])
    else if (event.key === 'Escape') setOpen(false)
  }

  return (
    <div className="search">
      <input
        className="field"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && found[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className="hidden" role="status">
        {shown &&
          (found.length === 0 ? t('search.none') : t('search.count', { count: found.length }))}
      </span>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('search.label')}
        className={shown ? 'search-list' : 'hidden'}
      >
        {shown &&
          found.map((stock, at) => (
            <div
              key={stock.ticker}
              id={`${id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              // Before the field loses the focus, and with it the list.
              onPointerDown={(event) => {
                event.preventDefault()
                go(stock)
              }}
            >
              <span>{stock.name}</span>
              <span className="muted">
                {stock.ticker} · {stock.market}
              </span>
            </div>
          ))}
        {shown && found.length === 0 && <p className="search-none">{t('search.none')}</p>}
      </div>
    </div>
  )
}
