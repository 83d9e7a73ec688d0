/**
 * Why an answer did not come: a code of the service, or one of the page's own: `E_PAGE_OFFLINE` (the service
 * does not answer), `E_PAGE_ANSWER` (the answer is not one of this service), `E_PAGE_KEY` (no key was given).
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  /** HTTP status; 0 when there was no answer. */
  readonly status: number

  constructor(code: string, message: string, status: number) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** Any thrown thing as a problem with a code. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ApiProblem('E_PAGE_INTERNAL', message, 0)
}
