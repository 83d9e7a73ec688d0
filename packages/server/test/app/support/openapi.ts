/** A JSON schema. */
export type JsonSchema = { readonly [key: string]: unknown }

/** One route in an OpenAPI document, as far as tests read it. */
export type Operation = {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly 'x-scope'?: string
  readonly parameters?: ReadonlyArray<{
    readonly name: string
    readonly in: 'path' | 'query' | 'header'
    readonly required?: boolean
    readonly schema: JsonSchema
  }>
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description?: string
        readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
      }
    >
  >
}

/** An OpenAPI document, as far as tests read it. */
export type OpenApi = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

/** A route of a document. */
export type DocumentedRoute = {
  /** In capital letters. */
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  readonly operation: Operation
}

/** Every route of a document. */
export function operationsOf({ paths }: OpenApi): DocumentedRoute[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
}
