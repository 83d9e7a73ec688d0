import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Connection, Repository } from './repository.js'

/** A key without its text, which is known to its holder only. */
export type ApiKey = {
  readonly id: number
  readonly name: string
  readonly scope: string
  readonly description: string | null
  readonly createdBy: string | null
  readonly isActive: boolean
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly createdAt: Date
}

const PUBLIC = sql`id, name, scope, description, created_by, is_active, expires_at, last_used_at, created_at`

/** Keys of the service's users, kept as SHA-256 hashes of long random texts. */
export class ApiKeyRepository extends Repository<ApiKey> {
  constructor(db: Connection) {
    super(db, 'api_keys', 'id')
  }

  override async get(id: string | number): Promise<ApiKey | null> {
    return this.one(sql`select ${PUBLIC} from api_keys where id = ${id}`)
  }

  override async list(): Promise<ApiKey[]> {
    return this.many(sql`select ${PUBLIC} from api_keys order by id`)
  }

  /** @param key the text that its holder will send; at least 32 random characters */
  async add(
    key: string,
    facts: Pick<ApiKey, 'name' | 'scope'> &
      Partial<Pick<ApiKey, 'description' | 'createdBy' | 'expiresAt'>>,
  ): Promise<ApiKey> {
    const added = await this.one(sql`insert into api_keys
        (key_hash, name, scope, description, created_by, expires_at)
      values (${hash(key)}, ${facts.name}, ${facts.scope}, ${facts.description ?? null},
        ${facts.createdBy ?? null}, ${facts.expiresAt?.toISOString() ?? null})
      returning ${PUBLIC}`)
    // Sound: an insert without a conflict clause returns its row or throws.
    return added as ApiKey
  }

  /**
   * The key that may be used at an instant; null when there is none. Its last use is written at most
   * once a minute: a busy key is read, not written.
   */
  async use(key: string, at: Date): Promise<ApiKey | null> {
    const now = at.toISOString()
    return this.one(sql`with usable as (
        select * from api_keys
        where key_hash = ${hash(key)} and is_active and (expires_at is null or expires_at > ${now})
      ), used as (
        update api_keys k set last_used_at = ${now} from usable u
        where k.id = u.id
          and (u.last_used_at is null or u.last_used_at <= ${now}::timestamptz - interval '1 minute')
        returning k.id
      )
      select u.id, name, scope, description, created_by, is_active, expires_at,
        case when used.id is null then last_used_at else ${now}::timestamptz end as last_used_at,
        created_at
      from usable u left join used on used.id = u.id`)
  }

  /** Keys that may be used at an instant. */
  async countActive(at: Date): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from api_keys
      where is_active and (expires_at is null or expires_at > ${at.toISOString()})`.execute(this.db)
    return Number(rows[0]?.n ?? 0)
  }

  /** Whether there was such a key. */
  async setActive(id: number, active: boolean): Promise<boolean> {
    return (await this.run(sql`update api_keys set is_active = ${active} where id = ${id}`)) > 0
  }
}

function hash(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
