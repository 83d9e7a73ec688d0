/** One kind of request: the broker's id and where it is served. */
export type Tr = { readonly id: string; readonly path: string }

const served = (id: string, place: string): Tr => ({ id, path: `/api/dostk/${place}` })

/** What this package asks for. */
export type TrName =
  | 'stockList'
  | 'basicInfo'
  | 'dailyChart'
  | 'weeklyChart'
  | 'minuteChart'
  | 'tickChart'
  | 'indexNow'
  | 'indexAll'
  | 'indexDaily'
  | 'investors'
  | 'investorChart'
  | 'foreignHolding'
  | 'institutionTrend'
  | 'buyingStreaks'
  | 'orderBook'
  | 'topVolume'
  | 'topValue'
  | 'topChange'
  | 'volumeSurge'
  | 'themes'
  | 'themeStocks'

/** The requests that this package makes. */
export const TR: Readonly<Record<TrName, Tr>> = {
  stockList: served('ka10099', 'stkinfo'),
  basicInfo: served('ka10001', 'stkinfo'),
  dailyChart: served('ka10081', 'chart'),
  weeklyChart: served('ka10082', 'chart'),
  minuteChart: served('ka10080', 'chart'),
  tickChart: served('ka10079', 'chart'),
  indexNow: served('ka20001', 'sect'),
  indexAll: served('ka20003', 'sect'),
  indexDaily: served('ka20006', 'chart'),
  investors: served('ka10059', 'stkinfo'),
  investorChart: served('ka10060', 'chart'),
  foreignHolding: served('ka10008', 'frgnistt'),
  institutionTrend: served('ka10045', 'mrkcond'),
  buyingStreaks: served('ka10131', 'frgnistt'),
  orderBook: served('ka10004', 'mrkcond'),
  topVolume: served('ka10030', 'rkinfo'),
  topValue: served('ka10032', 'rkinfo'),
  topChange: served('ka10027', 'rkinfo'),
  volumeSurge: served('ka10023', 'rkinfo'),
  themes: served('ka90001', 'thme'),
  themeStocks: served('ka90002', 'thme'),
}

/** Where tokens are issued and revoked. */
export const OAUTH = {
  issue: { id: 'au10001', path: '/oauth2/token' },
  revoke: { id: 'au10002', path: '/oauth2/revoke' },
} as const
