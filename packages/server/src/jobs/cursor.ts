import type { JobCursor } from '@ralph-stock/adapters-timescale'
import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'

const content = z.tuple([z.iso.datetime(), z.string().min(1).max(150)])

/** The place of a job in the list as a client carries it. */
export function encodeCursor({ createdAt, id }: JobCursor): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')
}

/** @throws RalphError E_REQUEST_INVALID for one that no list gave */
export function decodeCursor(cursor: string): JobCursor {
  const [at, id] = read(cursor)
  return { createdAt: new Date(at), id }
}

function read(cursor: string): z.infer<typeof content> {
  try {
    return content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new RalphError('E_REQUEST_INVALID', 'cursor is none that a list of jobs gave', {
      field: 'cursor',
    })
  }
}
