import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.js'
import type { Api } from '../../src/plugins/api.js'
import { statusOf } from '../../src/plugins/status.js'
import { openContext, type TestContext } from './support/context.js'
import { type OpenApi, operationsOf } from './support/openapi.js'

let given: TestContext
let app: Api
let document: OpenApi

beforeAll(async () => {
  given = await openContext()
  app = await buildApp({ context: given.context, logger: { level: 'silent' } })
  document = (await app.inject('/docs/json')).json()
})
afterAll(async () => {
  await app.close()
  await given.close()
})

/** Pages and files of the documentation itself, and the answers to questions of browsers. */
const HIDDEN = /^(?:\/docs(?:\/.*)?|\*)$/

describe('the documentation', () => {
  it('is OpenAPI 3.1 and knows every route', () => {
    expect(document.openapi).toBe('3.1.0')
    const documented = new Set(
      operationsOf(document).map(({ method, path }) => `${method} ${path}`),
    )
    const served = app.routeTable
      .filter(({ method, url }) => method !== 'HEAD' && !HIDDEN.test(url))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    expect(served.length).toBeGreaterThan(60)
    expect(served.filter((route) => !documented.has(route))).toEqual([])
    expect([...documented].filter((route) => !served.includes(route))).toEqual([])
  })

  it('says of every route what it is for, who may ask and what is answered', () => {
    const wanting: string[] = []
    for (const { method, path, operation } of operationsOf(document)) {
      const say = (what: string): void => void wanting.push(`${method} ${path}: ${what}`)
      if ((operation.summary ?? '').length < 5) say('summary')
      if (operation.tags?.length !== 1) say('tag')
      if (!Array.isArray(operation.security)) say('security')
      const scope = operation['x-scope']
      if (scope === undefined) say('scope')
      if ((operation.security?.length === 0) !== (scope === 'open')) say('security by scope')
      const statuses = Object.keys(operation.responses)
      // The slot of a service that is not there, and a path that speaks another protocol.
      if (!statuses.some((status) => /^(?:2\d\d|501|426)$/.test(status))) say('2xx')
      const errors = ['400', '401', '403', '404', '413', '415', '429', '500', '503']
      for (const status of errors) if (!statuses.includes(status)) say(status)
      for (const status of statuses) {
        const { description = '', content } = operation.responses[status] ?? {}
        if (content === undefined) say(`schema of ${status}`)
        if (errors.includes(status) && !/E_[A-Z]+/.test(description) && path !== '/ready') {
          if (!path.startsWith('/ws')) say(`codes of ${status}`)
        }
      }
    }
    expect(wanting).toEqual([])
  })

  it('lists codes under the status that they have', () => {
    for (const { operation } of operationsOf(document)) {
      for (const [status, { description = '' }] of Object.entries(operation.responses)) {
        for (const [, code = ''] of description.matchAll(/^`(E_[A-Z_]+)`/gm)) {
          expect([code, statusOf(code)]).toEqual([code, Number(status)])
        }
      }
    }
  })

  it('refers to nothing that is not there, and holds nothing that is not referred to', () => {
    const text = JSON.stringify(document)
    const names = Object.keys(document.components.schemas)
    const used = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(used.filter((name) => !names.includes(name ?? ''))).toEqual([])
    expect(names.filter((name) => !used.includes(name))).toEqual([])
  })

  it('has a page that needs no network and breaks no policy of its own', async () => {
    const page = await app.inject('/docs/')
    const policy = String(page.headers['content-security-policy'])
    expect(page.statusCode).toBe(200)
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(3)
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)/)
    for (const link of links) {
      expect(link).not.toMatch(/^(?:https?:)?\/\//)
      const { statusCode } = await app.inject(new URL(link, 'http://localhost/docs/').pathname)
      expect([link, statusCode]).toEqual([link, 200])
    }
  })
})
