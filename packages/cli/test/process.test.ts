import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoMarket } from '@ralph-stock/engine/demo'
import { beforeAll, describe, expect, it } from 'vitest'
import { filesOf, temporaryFolder, writeFiles } from './market-files.js'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const home = join(temporaryFolder(), 'home')

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the built program; `until` closes its output after so many bytes, as `head` does. */
function ralphStock(args: readonly string[], until = Number.POSITIVE_INFINITY): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'] ?? '', RALPH_STOCK_HOME: home, LANG: 'en_US.UTF-8' },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8')
      if (stdout.length >= until) child.stdout.destroy()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

describe('the ralph-stock program', () => {
  beforeAll(async () => {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is not built; run "npm run build" first`)
    const folder = writeFiles(filesOf(demoMarket({ stocks: 240, sessions: 60 })))
    expect(await ralphStock(['import', folder])).toMatchObject({ code: 0, stderr: '' })
  }, 120_000)

  it('prints JSON and nothing else, without colour', async () => {
    const { code, stdout, stderr } = await ralphStock(['scan', '--all', '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ asOf: '2026-03-31' })
  })

  it('does not mind a reader that leaves early', async () => {
    const { code, stderr } = await ralphStock(['scan', '--all', '--json'], 1)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('tells done, failed and wrong usage apart', async () => {
    const failed = await ralphStock(['score', '999990', '--strategy', 'vcp'])
    expect(failed).toMatchObject({ code: 1, stdout: '' })
    expect(failed.stderr).toMatch(/^E_STOCK_UNKNOWN: [^\n]*\n$/)
    const wrong = await ralphStock(['scan', '--speed'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/^E_CLI_USAGE: [^\n]*\n$/)
  })
})
