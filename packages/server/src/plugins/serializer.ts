import { RalphError } from '@ralph-stock/core'
import fastJsonStringify, { type AnySchema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { z } from 'zod'

type JsonSchema = { [key: string]: unknown }

/**
 * Makes the writer of each answer once per route, from its zod schema: no answer pays for running zod.
 * What a schema does not name is not written.
 *
 * @param strict also checks every answer against its schema before it is written, and fails when it
 *   does not match: for tests and development
 */
export function createSerializer(strict: boolean): FastifySerializerCompiler<z.ZodType> {
  const written = new WeakMap<z.ZodType, (data: unknown) => string>()
  return ({ schema, method, url }) => {
    let write = written.get(schema)
    if (write === undefined) {
      write = compile(schema)
      written.set(schema, write)
    }
    if (!strict) return write
    const checked = write
    return (data) => {
      const result = z.safeEncode(schema, data)
      if (result.success) return checked(data)
      throw new RalphError(
        'E_INTERNAL',
        `the answer of ${method} ${url} does not match its schema: ${z.prettifyError(result.error)}`,
      )
    }
  }
}

// Without names every shape stands where it is used: the validator of a union takes no null behind one.
const NO_NAMES = z.registry<Record<never, never>>()

function compile(schema: z.ZodType): (data: unknown) => string {
  const json = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    unrepresentable: 'any',
    metadata: NO_NAMES,
  })
  // Sound: a JSON schema is a JSON value.
  return fastJsonStringify(simplified(json as JsonSchema) as AnySchema)
}

// What a writer need not know is left out, and what may be null is said in the way that needs no
// validator: the generated code would otherwise try each of several schemas on each value.
function simplified(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(simplified)
  if (typeof node !== 'object' || node === null) return node
  const { $schema, id, $id, format, pattern, enum: values, anyOf, ...rest } = node as JsonSchema
  const result: JsonSchema = {}
  for (const [key, value] of Object.entries(rest)) {
    result[key] =
      key === 'properties' || key === 'definitions' ? mapValues(value) : simplified(value)
  }
  if (!Array.isArray(anyOf)) return result
  const others = anyOf.filter((branch: JsonSchema) => branch['type'] !== 'null')
  if (others.length === 1 && others.length < anyOf.length) {
    const only = simplified(others[0]) as JsonSchema
    return { ...result, ...only, nullable: true }
  }
  return { ...result, anyOf: anyOf.map(simplified) }
}

function mapValues(value: unknown): JsonSchema {
  return Object.fromEntries(
    Object.entries(value as JsonSchema).map(([key, child]) => [key, simplified(child)]),
  )
}
