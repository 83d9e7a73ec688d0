import { useQuery } from '@tanstack/react-query'
import { useServices } from '../app/services.js'
import { formatInstant } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { PlainTable } from '../ui/plain-table.js'
import { Loaded, Nothing } from '../ui/states.js'

/** The keys that are in use, without their texts. */
export function ApiKeyTable() {
  const { t, word } = useWords()
  const { queries } = useServices()
  const query = useQuery(queries.keys())
  return (
    <Loaded query={query} lines={3}>
      {({ keys, required }) => (
        <>
          {!required && <p className="small muted">{t('system.keysOpen')}</p>}
          {keys.length === 0 ? (
            <Nothing>{t('system.noKeys')}</Nothing>
          ) : (
            <PlainTable
              caption={t('system.keys')}
              headings={[
                t('system.keyName'),
                t('system.scope'),
                t('system.status'),
                t('system.lastUsed'),
                t('system.expires'),
              ]}
              rows={keys.map((key) => ({
                key: String(key.id),
                cells: [
                  key.name,
                  word('scope', key.scope),
                  t(key.is_active ? 'system.active' : 'system.inactive'),
                  key.last_used_at === null ? t('system.never') : formatInstant(key.last_used_at),
                  key.expires_at === null ? t('system.never') : formatInstant(key.expires_at),
                ],
              }))}
            />
          )}
        </>
      )}
    </Loaded>
  )
}
