import type { FlowView } from '@ralph-stock/server/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useServices } from '../app/services.js'
import { directionOf, formatPoints, formatSigned, formatSignedMoney } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { usePolling } from '../live/use-live.js'
import { Choices } from '../ui/choices.js'
import { Panel } from '../ui/panel.js'
import { ScrollBox } from '../ui/scroll-box.js'
import { Loaded, Nothing } from '../ui/states.js'

type Day = FlowView['data'][number]
type Side = { readonly label: string; readonly of: (day: Day) => number | null }

/** Net buying of foreigners and institutions, day by day. */
export function Flows({ ticker }: { readonly ticker: string }) {
  const { t } = useWords()
  const { queries } = useServices()
  const [days, setDays] = useState<'5' | '20' | '60'>('20')
  const query = useQuery({
    ...queries.flow(ticker, Number(days)),
    refetchInterval: usePolling(),
  })
  const sides: readonly Side[] = [
    { label: t('flow.foreign'), of: (day) => day.foreign_net_amount },
    { label: t('flow.institution'), of: (day) => day.inst_net_amount },
  ]
  return (
    <Panel
      title={t('flow.title')}
      aside={query.data && `${t('flow.score')} ${formatPoints(query.data.smartmoney_score)}`}
    >
      <Choices
        legend={t('chart.period')}
        value={days}
        onChoose={setDays}
        choices={(['5', '20', '60'] as const).map((value) => ({
          value,
          label: t('flow.days', { days: value }),
        }))}
      />
      <Loaded query={query} lines={6}>
        {({ data }) =>
          data.length === 0 ? (
            <Nothing>{t('flow.none')}</Nothing>
          ) : (
            <div className="flow-pair">
              {sides.map((side) => (
                <FlowSide key={side.label} side={side} days={data.toReversed()} />
              ))}
              <FlowTable days={data} />
            </div>
          )
        }
      </Loaded>
    </Panel>
  )
}

function FlowSide({ side, days }: { readonly side: Side; readonly days: readonly Day[] }) {
  const { language } = useWords()
  const values = days.map(side.of)
  const widest = Math.max(...values.map((value) => Math.abs(value ?? 0)), 1)
  const known = values.filter((value) => value !== null)
  const sum = known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
  return (
    <figure>
      <h3>
        {side.label}
        <span className={directionOf(sum)}>{formatSignedMoney(sum, language)}</span>
      </h3>
      <svg
        className="flow-chart"
        viewBox={`0 0 ${days.length * 10} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <line className="zero" x1="0" x2={days.length * 10} y1="50" y2="50" strokeWidth="0.5" />
        {days.map((day, at) => {
          const value = side.of(day)
          if (value === null) return null
          const height = (Math.abs(value) / widest) * 48
          return (
            <rect
              key={day.date}
              className={`${directionOf(value)}${day.provisional ? ' provisional' : ''}`}
              x={at * 10 + 1.5}
              width="7"
              y={value > 0 ? 50 - height : 50}
              height={height}
            />
          )
        })}
      </svg>
    </figure>
  )
}

function FlowTable({ days }: { readonly days: readonly Day[] }) {
  const { t, language } = useWords()
  const cell = (amount: number | null, shares: number | null) => (
    <td className="end">
      <span className={directionOf(amount)}>{formatSignedMoney(amount, language)}</span>
      <br />
      <span className="muted">{t('word.shares', { count: formatSigned(shares) })}</span>
    </td>
  )
  return (
    <details>
      <summary className="more">{t('flow.table')}</summary>
      <ScrollBox label={t('flow.title')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('word.date')}</th>
              <th scope="col" className="end">
                {t('flow.foreign')}
              </th>
              <th scope="col" className="end">
                {t('flow.institution')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  {day.date}
                  {day.provisional && ` (${t('flow.provisional')})`}
                </th>
                {cell(day.foreign_net_amount, day.foreign_net)}
                {cell(day.inst_net_amount, day.inst_net)}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  )
}
