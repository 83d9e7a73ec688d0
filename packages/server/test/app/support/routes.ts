import type { AppRoutes } from '../../../src/mount.js'
import { type Routes, together } from '../../../src/routes/routes.js'

const nothing = together()

/** Nothing but some routes of a test's own. */
export function onlyRoutes(gateway: Routes): AppRoutes {
  const none = { own: nothing, gateway: nothing }
  return {
    gateway,
    services: {
      'vcp-scanner': none,
      'signal-engine': none,
      'daytrading-scanner': none,
      chatbot: none,
    },
  }
}
