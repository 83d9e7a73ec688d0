import './settings-menu.css'
import { type KeyboardEvent, use, useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.js'
import type { Settings } from '../settings/settings.js'
import { SettingsContext, useSettings } from '../settings/use-settings.js'
import { Choices } from '../ui/choices.js'

/** Language, theme and colours. */
export function SettingsMenu() {
  const { t } = useWords()
  const store = use(SettingsContext)
  const settings = useSettings()
  const menu = useRef<HTMLDetailsElement>(null)
  const change = (next: Partial<Settings>): void => store.set({ ...store.get(), ...next })

  useEffect(() => {
    const close = (event: PointerEvent): void => {
      const inside = event.target instanceof Node && menu.current?.contains(event.target)
      if (menu.current !== null && inside !== true) menu.current.open = false
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || menu.current === null) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
  }

  return (
    <details className="settings" ref={menu} onKeyDown={onKeyDown}>
      <summary aria-label={t('settings.label')}>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path
            d="M3 6h8M15 6h2M3 14h2M9 14h8"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinecap="round"
          />
          <circle cx="13" cy="6" r="2" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <circle cx="7" cy="14" r="2" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
      </summary>
      <div className="settings-panel">
        <Choices
          legend={t('settings.language')}
          value={settings.language}
          onChoose={(language) => change({ language })}
          choices={[
            { value: 'ko', label: <span lang="ko">한국어</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
        <Choices
          legend={t('settings.theme')}
          value={settings.theme}
          onChoose={(theme) => change({ theme })}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`settings.theme.${value}`),
          }))}
        />
        <Choices
          legend={t('settings.colours')}
          value={settings.colours}
          onChoose={(colours) => change({ colours })}
          choices={(['korean', 'western'] as const).map((value) => ({
            value,
            label: t(`settings.colours.${value}`),
          }))}
        />
      </div>
    </details>
  )
}
