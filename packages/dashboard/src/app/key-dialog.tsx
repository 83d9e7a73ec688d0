import './key-dialog.css'
import '../ui/controls.css'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyRequest } from '../api/key.js'
import { useWords } from '../i18n/use-words.js'
import { useStore } from '../settings/use-settings.js'
import { useServices } from './services.js'

/** Asks for the API key while a request waits for one. */
export function KeyDialog() {
  const request = useStore(useServices().keys.request)
  return request === null ? null : <AskKey request={request} />
}

function AskKey({ request }: { readonly request: KeyRequest }) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const [key, setKey] = useState('')
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className="key-dialog"
      aria-labelledby={id}
      onCancel={() => request.answer(null)}
    >
      <form method="dialog" onSubmit={() => request.answer(key.trim() === '' ? null : key.trim())}>
        <h2 id={id}>{t('key.title')}</h2>
        <p className="small muted">{t('key.text')}</p>
        {request.refused && (
          <p className="small refused" role="alert">
            {t('key.refused')}
          </p>
        )}
        <label className="labelled">
          <span>{t('key.field')}</span>
          <input
            className="field"
            type="password"
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <div className="row">
          <button type="button" className="button" onClick={() => request.answer(null)}>
            {t('key.cancel')}
          </button>
          <button type="submit" className="button primary">
            {t('key.submit')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
