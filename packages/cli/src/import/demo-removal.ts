import type { Store } from '@ralph-stock/adapters-timescale'
import { DEMO_SOURCE } from '@ralph-stock/engine/demo'

/**
 * Empties a store that holds the invented demo market and nothing else, since invented stocks among
 * real ones would be ranked with them.
 *
 * @returns whether it did
 */
export async function removeDemo(store: Store): Promise<boolean> {
  const { sources } = await store.summary()
  if (sources.length !== 1 || sources[0] !== DEMO_SOURCE) return false
  while ((await store.migrations.down()) !== null);
  await store.migrations.up()
  return true
}
