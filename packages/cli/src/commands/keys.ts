import { RalphError } from '@ralph-stock/core'
import { withStore } from '../home.js'
import type { KeysCreateOptions, KeysOptions } from '../options.js'
import { createdKeyView, keysView } from '../output/keys-view.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { type Context, print, printJson } from './command.js'

const MS_PER_DAY = 86_400_000

/** `ralph-stock keys create`: makes a key and shows its text, once. */
export async function keysCreateCommand(
  options: KeysCreateOptions,
  { io }: Context,
): Promise<void> {
  const { name, scope, days } = options
  const { createKey } = await import('@ralph-stock/server')
  const expiresAt = days === undefined ? null : new Date(io.now() + days * MS_PER_DAY)
  const created = await withStore(options, io, 'write', (store) =>
    createKey(store, { name, scope, ...(expiresAt === null ? {} : { expiresAt }) }),
  )
  if (options.json) printJson(io.stdout, { ...created.key, text: created.text })
  else {
    const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
    print(io.stdout, createdKeyView(created, screen))
  }
}

/** `ralph-stock keys list`: every key, without its text, which nobody has but its holder. */
export async function keysListCommand(options: KeysOptions, { io }: Context): Promise<void> {
  const keys = await withStore(options, io, 'read', (store) => store.repositories.apiKeys.list())
  if (options.json) printJson(io.stdout, { keys })
  else {
    const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
    print(io.stdout, keysView(keys, screen))
  }
}

/**
 * `ralph-stock keys revoke`: a key opens nothing any more.
 *
 * @throws RalphError E_STORE_NOT_FOUND
 */
export async function keysRevokeCommand(
  id: number,
  options: KeysOptions,
  { io }: Context,
): Promise<void> {
  const found = await withStore(options, io, 'read', (store) =>
    store.repositories.apiKeys.setActive(id, false),
  )
  if (!found) throw new RalphError('E_STORE_NOT_FOUND', `there is no key ${id}`, { id })
  if (options.json) printJson(io.stdout, { revoked: id })
  else print(io.stdout, [`key ${id} is revoked`])
}
