import { describe, expect, it } from 'vitest'
import { createApiClient } from './client.js'
import { createKeyRing } from './key.js'
import { ApiProblem, problemOf } from './problem.js'

type Sent = { readonly url: string; readonly key: string | null }

function service(answer: (sent: Sent) => Response | Promise<Response>) {
  const sent: Sent[] = []
  const keys = createKeyRing(null)
  const client = createApiClient(keys, async (input, init) => {
    const one = { url: String(input), key: new Headers(init?.headers).get('x-api-key') }
    sent.push(one)
    return answer(one)
  })
  return { client, keys, sent }
}

const good = (data: unknown): Response =>
  Response.json({ success: true, data, error: null, timestamp: '' })
const bad = (status: number, code: string): Response =>
  Response.json(
    { success: false, data: null, error: { code, message: code, details: {} }, timestamp: '' },
    { status },
  )
const caught = (promise: Promise<unknown>): Promise<ApiProblem> =>
  promise.then(
    () => new ApiProblem('nothing was thrown', '', 0),
    (error: unknown) => problemOf(error),
  )

describe('the API client', () => {
  it('gives the data, and leaves out what is not asked', async () => {
    const { client, sent } = service(() => good([1]))
    expect(await client.get('/api/kr/stocks', { limit: 5, cursor: undefined })).toEqual([1])
    expect(sent[0]?.url).toBe('/api/kr/stocks?limit=5')
  })

  it('throws what the service refused, by its code', async () => {
    const { client } = service(() => bad(404, 'E_STOCK_UNKNOWN'))
    expect(await caught(client.get('/x'))).toMatchObject({ code: 'E_STOCK_UNKNOWN', status: 404 })
  })

  it('says that nobody answers, and that an answer is none of ours', async () => {
    const gone = service(() => Promise.reject(new TypeError('Failed to fetch')))
    expect((await caught(gone.client.get('/x'))).code).toBe('E_PAGE_OFFLINE')
    const proxy = service(() => new Response('<html>', { status: 502 }))
    expect(await caught(proxy.client.get('/x'))).toMatchObject({
      code: 'E_PAGE_ANSWER',
      status: 502,
    })
    const other = service(() => Response.json({ ok: true }))
    expect((await caught(other.client.get('/x'))).code).toBe('E_PAGE_ANSWER')
  })

  it('asks for a key once for all requests that need one, and tries them again with it', async () => {
    const { client, keys, sent } = service(({ key }) =>
      key === 'right' ? good('in') : bad(401, 'E_KEY_MISSING'),
    )
    const both = Promise.all([client.get('/one'), client.get('/two')])
    await expect.poll(() => keys.request.get()).not.toBeNull()
    expect(keys.request.get()?.refused).toBe(false)
    keys.request.get()?.answer('wrong')
    await expect.poll(() => keys.request.get()?.refused).toBe(true)
    keys.request.get()?.answer('right')
    expect(await both).toEqual(['in', 'in'])
    expect(keys.request.get()).toBeNull()
    expect(sent.filter(({ key }) => key === 'right')).toHaveLength(2)
  })

  it('says so when no key is given', async () => {
    const { client, keys } = service(() => bad(401, 'E_KEY_MISSING'))
    const answer = caught(client.get('/one'))
    await expect.poll(() => keys.request.get()).not.toBeNull()
    keys.request.get()?.answer(null)
    expect((await answer).code).toBe('E_PAGE_KEY')
  })

  it('sends what is posted as JSON', async () => {
    const { client, sent } = service(() => good(null))
    await client.post('/api/kr/scan/vcp', { market: 'ALL' })
    expect(sent).toEqual([{ url: '/api/kr/scan/vcp', key: null }])
  })
})
