/** When progress that a runner stored was told, epoch ms of its clock; null where it does not say. */
export function toldAt(progress: unknown): number | null {
  if (typeof progress !== 'object' || progress === null || !('at' in progress)) return null
  return typeof progress.at === 'number' ? progress.at : null
}
