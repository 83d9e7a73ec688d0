import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// What a test needs and a user's checkout may not have: absent at home it is skipped and says so;
// absent in CI it fails, so that no green run hides it.
const strict = process.env['CI'] === 'true'

/**
 * Folder of the data beside the checkout (`../shared/<name>`), or null where there is none.
 *
 * @throws Error in CI when the folder is missing
 */
export function sharedData(name: string): string | null {
  const path = fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url))
  if (existsSync(path)) return path
  if (strict) throw new Error(`CI needs the data folder ${path}`)
  process.stdout.write(`skipped: needs the data folder ../shared/${name}\n`)
  return null
}

/** Address of the PostgreSQL server for tests; the standard one of this machine unless told. */
export function postgresUrl(): string {
  return process.env['TEST_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/test'
}

/** Address of the Redis server for tests; the standard one of this machine unless told. */
export function redisUrl(): string {
  return process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
}

/**
 * Whether a server that a test needs can be used.
 *
 * @param connect resolves when the server answers
 * @throws Error in CI when it does not
 */
export async function serverAvailable(
  name: string,
  connect: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await connect()
    return true
  } catch (error) {
    if (strict) throw new Error(`CI needs ${name}`, { cause: error })
    process.stdout.write(`skipped: ${name} does not answer\n`)
    return false
  }
}
