import './app/tokens.css'
import './app/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { createPageServices } from './app/page-services.js'
import { createQueryClient } from './app/query-client.js'
import { applySettings, createSettings } from './settings/settings.js'

const settings = createSettings(storageOf(() => window.localStorage))
const apply = (): void => applySettings(document.documentElement, settings.get())
settings.subscribe(apply)
apply()

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root element')
createRoot(root).render(
  <App
    services={createPageServices(storageOf(() => window.sessionStorage))}
    cache={createQueryClient()}
    settings={settings}
  />,
)

// A browser may forbid its storage, and says so by throwing.
function storageOf(read: () => Storage): Storage | null {
  try {
    return read()
  } catch {
    return null
  }
}
