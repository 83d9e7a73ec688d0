import { join } from 'node:path'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import { demoMarket } from '@ralph-stock/engine/demo'
import { beforeAll, describe, expect, it } from 'vitest'
import { begin, call } from './call.js'
import { temporaryFolder } from './market-files.js'

const home = join(temporaryFolder(), 'home')

beforeAll(async () => {
  const store = await openEmbeddedStore({ folder: home })
  await store.write(demoMarket({ stocks: 24, sessions: 80 }))
  await store.close()
}, 120_000)

type Envelope = { readonly success: boolean; readonly data: unknown }

/** A program that serves, until the test interrupts it. */
async function serving(args: readonly string[]) {
  const program = begin([...args, '--home', home, '--port', '0', '--lang', 'en'])
  const url = await new Promise<string>((resolve, reject) => {
    const look = setInterval(() => {
      const found = /Service {2}(http:\S+)/.exec(program.stdout())?.[1]
      if (found === undefined) return
      clearInterval(look)
      resolve(found)
    }, 20)
    program.ended.then(({ code, stderr }) => {
      clearInterval(look)
      reject(new Error(`ended with ${code}: ${stderr}`))
    })
  })
  const ask = async (path: string): Promise<Envelope> => {
    const answer = await fetch(`${url}${path}`)
    // Sound: every answer of the API is an envelope.
    return (await answer.json()) as Envelope
  }
  return { ...program, url, ask }
}

describe('serve', () => {
  it('serves the store until it is interrupted', async () => {
    const service = await serving(['serve', '--no-follow'])
    expect(service.stdout()).toContain('not live')
    expect(await service.ask('/health')).toMatchObject({ success: true })
    const stocks = await service.ask('/api/kr/stocks?limit=3')
    expect(stocks).toMatchObject({ success: true, data: { stocks: [{}, {}, {}] } })
    service.interrupt()
    expect(await service.ended).toMatchObject({ code: 0, stderr: '' })
    await expect(fetch(`${service.url}/health`)).rejects.toThrow()
  }, 120_000)

  it('goes on after the scan of start, with a simulated broker', async () => {
    const service = await serving(['start', '--speed', '60'])
    expect(service.stdout()).toContain('DEMO DATA')
    expect(service.stdout()).toContain('simulated broker')
    expect(await service.ask('/api/kr/session')).toMatchObject({
      data: { invented: true, speed: 60, last_stored: '2026-03-31' },
    })
    service.interrupt()
    expect(await service.ended).toMatchObject({ code: 0, stderr: '' })
  }, 120_000)

  it.each([
    [['serve', '--service', 'nothing'], 2, /^E_CLI_USAGE: --service must be all, gateway/],
    [['serve', '--port', '99999'], 2, /^E_CLI_USAGE: --port must be a port/],
    [['serve', '--host', '0.0.0.0'], 1, /^E_SERVER_EXPOSED: /],
  ])(
    'refuses %j',
    async (args, code, line) => {
      const ended = await call([...args, '--home', home])
      expect(ended.code).toBe(code)
      expect(ended.stderr).toMatch(line)
    },
    60_000,
  )
})

describe('keys', () => {
  it('are shown once, listed without their text, and revoked', async () => {
    const made = await call([
      'keys',
      'create',
      '--name',
      'desk',
      '--scope',
      'scan',
      '--days',
      '2',
      '--home',
      home,
      '--json',
    ])
    const { id, text } = JSON.parse(made.stdout) as { id: number; text: string }
    expect(text).toMatch(/^rs_[\w-]{43}$/)
    const listed = await call(['keys', 'list', '--home', home, '--lang', 'en'])
    expect(listed.stdout).toMatch(/desk +scan +active/)
    expect(listed.stdout).not.toContain(text)
    expect(await call(['keys', 'revoke', String(id), '--home', home])).toMatchObject({ code: 0 })
    const after = await call(['keys', 'list', '--home', home, '--lang', 'en'])
    expect(after.stdout).toMatch(/desk +scan +revoked/)
  }, 120_000)

  it.each([
    [['keys', 'create'], 2],
    [['keys', 'create', '--name', 'x', '--scope', 'root'], 2],
    [['keys', 'create', '--name', 'x', '--days', '0'], 2],
    [['keys', 'revoke', 'x'], 2],
    [['keys', 'revoke', '999'], 1],
  ])(
    'refuse %j',
    async (args, code) => {
      expect((await call([...args, '--home', home])).code).toBe(code)
    },
    60_000,
  )
})
