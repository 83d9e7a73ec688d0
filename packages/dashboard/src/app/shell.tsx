import './shell.css'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useWords } from '../i18n/use-words.js'
import { Banners } from './banners.js'
import { KeyDialog } from './key-dialog.js'
import { SearchBox } from './search-box.js'
import { SettingsMenu } from './settings-menu.js'
import { ConnectionPill, SessionPill } from './status-pills.js'
import { Toasts } from './toasts.js'

const PAGES = [
  ['/', 'nav.market'],
  ['/signals', 'nav.signals'],
  ['/scan', 'nav.scan'],
  ['/system', 'nav.system'],
] as const

/** What surrounds every page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useWords()
  const [location] = useLocation()
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="app-header">
        <div className="app-bar">
          <Link href="/" className="brand" aria-label={t('app.title')}>
            <img src="/icon.svg" alt="" width="28" height="28" />
            <span className="brand-name">{t('app.title')}</span>
          </Link>
          <nav className="app-nav" aria-label={t('nav.label')}>
            <ul>
              {PAGES.map(([href, label]) => (
                <li key={href}>
                  <Link href={href} aria-current={location === href ? 'page' : undefined}>
                    {t(label)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="app-tools">
            <SearchBox />
            <SessionPill />
            <ConnectionPill />
            <SettingsMenu />
          </div>
        </div>
      </header>
      <Banners />
      <main className="app-main" id="main" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
      <KeyDialog />
    </>
  )
}
