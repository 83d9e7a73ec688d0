import type { SystemHealthView } from '@ralph-stock/server/api'
import { UNKNOWN } from '../format/language.js'
import { useWords } from '../i18n/use-words.js'
import { PlainTable } from '../ui/plain-table.js'

const TONES = { up: 'good', down: 'bad', off: 'closed' } as const

/** The services: where each runs and how it is. */
export function ServiceTable({ services }: { readonly services: SystemHealthView['services'] }) {
  const { t, word } = useWords()
  return (
    <PlainTable
      caption={t('system.services')}
      headings={[
        t('system.service'),
        t('system.status'),
        t('system.where'),
        t('system.port'),
        t('system.circuit'),
      ]}
      rows={services.map((service) => ({
        key: service.name,
        cells: [
          service.name,
          <span key="status" className="pill" data-tone={TONES[service.status]}>
            {word('system', service.status)}
          </span>,
          word('system', service.where),
          service.port ?? UNKNOWN,
          service.circuit === null ? UNKNOWN : word('system', service.circuit),
        ],
      }))}
    />
  )
}
