import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { RalphError } from '@ralph-stock/core'

/** Who holds a folder. */
type Owner = {
  readonly pid: number
  readonly host: string
  /** When the process started, in a form that no later process with its number repeats; null where the system does not tell. */
  readonly start: string | null
  /** ISO time. */
  readonly since: string
  readonly token: string
}

/** A held lock. */
export type FolderLock = { release(): void }

/**
 * Takes the lock of a folder. A lock whose process is dead is taken over, also when its number was
 * given to another process since.
 *
 * @param path the lock file
 * @throws RalphError E_STORE_LOCKED with `pid` and `host` of the process that holds it
 */
export function lockFolder(path: string): FolderLock {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    start: processStart(process.pid),
    since: new Date().toISOString(),
    token: randomUUID(),
  }
  for (let attempt = 0; attempt < 20; attempt++) {
    if (create(path, owner)) return { release: () => release(path, owner) }
    const holder = read(path)
    if (holder === null) continue
    if (isAlive(holder)) throw locked(path, holder)
    removeDead(path, holder, owner)
  }
  throw new RalphError('E_STORE_LOCKED', `several processes are opening the store at ${path}`, {
    path,
  })
}

function release(path: string, owner: Owner): void {
  if (read(path)?.token === owner.token) rmSync(path, { force: true })
}

// Written aside and linked into place: whoever sees the file sees all of it.
function create(path: string, owner: Owner): boolean {
  const draft = `${path}.${owner.token}`
  writeFileSync(draft, JSON.stringify(owner))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

// Two processes may find the same dead owner: the one that links the claim may remove the lock, and
// looks again first, since the other may have finished in between.
function removeDead(path: string, dead: Owner, owner: Owner): void {
  const claim = `${path}.claim-${dead.token}`
  if (!create(claim, owner)) {
    const claimant = read(claim)
    if (claimant !== null && isAlive(claimant)) return
    rmSync(claim, { force: true })
    return
  }
  try {
    if (read(path)?.token === dead.token) unlinkSync(path)
  } finally {
    rmSync(claim, { force: true })
  }
}

function read(path: string): Owner | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  try {
    // Sound enough: a lock file is written whole by this module; a damaged one fails to parse.
    return JSON.parse(text) as Owner
  } catch {
    return { pid: -1, host: hostname(), start: null, since: '', token: 'damaged' }
  }
}

function isAlive(owner: Owner): boolean {
  // A process of another machine cannot be asked: it counts as alive.
  if (owner.host !== hostname()) return true
  if (owner.pid <= 0) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  const start = processStart(owner.pid)
  return start === null || owner.start === null || start === owner.start
}

function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The name of the program, in brackets, may hold spaces; the start is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot}/${ticks}`
  } catch {
    return null
  }
}

function locked(path: string, holder: Owner): RalphError {
  const who =
    holder.host === hostname()
      ? `process ${holder.pid}`
      : `process ${holder.pid} on ${holder.host} (remove ${path} if that machine is gone)`
  return new RalphError(
    'E_STORE_LOCKED',
    `the store is open in ${who} since ${holder.since}; one process at a time may use it`,
    { path, pid: holder.pid, host: holder.host, since: holder.since },
  )
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code
}
