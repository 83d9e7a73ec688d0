import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { openToAll } from './admission.js'

const SECURITY = [{ bearer: [] }, { apiKey: [] }]

const DESCRIPTION = `Scores every stock of the Korean market against explicit checklists.

Every answer is \`{ success, data, error: { code, message, details }, timestamp }\`. Requests from the
machine that the service runs on need no key unless it says so; others send one as
\`Authorization: Bearer rs_...\` or \`X-API-Key: rs_...\`. A key of the scope \`scan\` may also read, one of
\`admin\` may do everything. Changes are told on the socket \`/ws\`.`

/** The documentation: a page at `/docs`, the document (OpenAPI 3.1) at `/docs/json`. Needs no network. */
export const docsPlugin = fastifyPlugin<{ readonly version: string; readonly title: string }>(
  async (app, { version, title }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title, version, description: DESCRIPTION },
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer' },
            apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          },
        },
      },
      transform: (route) => {
        // Sound: routes are registered with zod schemas.
        const transformed = jsonSchemaTransform(route as Parameters<typeof jsonSchemaTransform>[0])
        const scope = route.route.config?.scope ?? 'read'
        if (transformed.schema.hide === true) return transformed
        const schema: FastifySchema = {
          ...transformed.schema,
          security: scope === 'open' ? [] : SECURITY,
          // @ts-expect-error Extensions of the document are not in the type of a schema.
          'x-scope': scope,
        }
        return { ...transformed, schema }
      },
      transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
    })
    await app.register(async (scope) => {
      openToAll(scope)
      await scope.register(swaggerUi, {
        routePrefix: '/docs',
        uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
      })
    })
  },
  { name: 'docs' },
)

type Document = ReturnType<typeof jsonSchemaTransformObject>
type Components = NonNullable<Extract<Document, { components?: unknown }>['components']>

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g

// Every named schema comes once as it is read and once as it is written; few are both.
function withoutUnused(document: Document): Document {
  // Sound: the document is of OpenAPI 3, which the settings above say.
  const { paths, components } = document as { paths?: unknown; components?: Components }
  const schemas = components?.schemas ?? {}
  const used = new Set<string>()
  const follow = (node: unknown): void => {
    for (const [, name = ''] of JSON.stringify(node ?? null).matchAll(REFERENCE)) {
      if (used.has(name)) continue
      used.add(name)
      follow(schemas[name as keyof typeof schemas])
    }
  }
  follow(paths)
  const kept = Object.entries(schemas).filter(([name]) => used.has(name))
  // Sound: nothing was added, and what was left out is not referred to.
  return {
    ...document,
    components: { ...components, schemas: Object.fromEntries(kept) },
  } as Document
}
