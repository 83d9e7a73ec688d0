import { spawn } from 'node:child_process'
import type { ChildOptions } from './child.js'

/** A service in a process of its own. */
export type ServiceProcess = {
  readonly url: string
  alive(): boolean
  /** Ends it at once, whatever it does; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts the built service; resolves when it listens. */
export function startProcess(program: string, options: ChildOptions): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  let alive = true
  const gone = new Promise<void>((resolve) => {
    child.on('close', () => {
      alive = false
      resolve()
    })
  })
  return new Promise((resolve, reject) => {
    const hear = (data: Buffer): void => {
      log += data.toString()
      const url = /^http:\S+$/m.exec(log)?.[0]
      if (url === undefined) return
      resolve({
        url,
        alive: () => alive,
        kill: () => {
          child.kill('SIGKILL')
          return gone
        },
      })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    gone.then(() => reject(new Error(`it ended before it listened: ${log}`)))
  })
}
