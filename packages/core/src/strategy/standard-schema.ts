import { RalphError } from '../errors/index.js'

/**
 * The part of the Standard Schema interface (version 1) that core needs, so that any validator that
 * implements it can check options: core itself needs none.
 *
 * @source Standard Schema specification, https://standardschema.dev
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: ReadonlyArray<{
        readonly message: string
        readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
      }>
    }

/** Options as a caller writes them: every group and every value of `T` may be left out. */
export type OptionsInput<T> = {
  readonly [K in keyof T]?:
    | (T[K] extends readonly unknown[] | string | number | boolean ? T[K] : OptionsInput<T[K]>)
    | undefined
}

/**
 * Checks the options of a strategy or plugin; every default filled in.
 *
 * @param owner names whose options these are, for the message
 * @throws RalphError E_OPTIONS_INVALID, with every issue in `details.issues`
 */
export function parseOptions<Output>(
  owner: string,
  schema: StandardSchema<unknown, Output>,
  options: unknown,
): Output {
  const result = schema['~standard'].validate(options ?? {})
  if (result instanceof Promise) {
    throw new RalphError('E_OPTIONS_INVALID', `the validator of ${owner} must be synchronous`)
  }
  if (result.issues === undefined) return result.value
  const issues = result.issues.map((issue) => {
    const path = (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  throw new RalphError('E_OPTIONS_INVALID', `options of ${owner}: ${issues.join('; ')}`, { issues })
}
