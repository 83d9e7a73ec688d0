import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTopic } from './topics.js'

describe('topics', () => {
  it.each([
    ['price:005930', 'price', 'state'],
    ['price:0126Z0', 'price', 'state'],
    ['market:kosdaq', 'market', 'state'],
    ['market-gate', 'market-gate', 'state'],
    ['score:trend-template:005930', 'score', 'state'],
    ['signals', 'signals', 'event'],
    ['signal:vcp', 'signal', 'event'],
    ['job:scan.vcp-2026_03', 'job', 'event'],
    ['jobs', 'jobs', 'event'],
  ])('reads %s', (name, family, kind) => {
    expect(parseTopic(name)).toMatchObject({ name, family, kind })
  })

  it('says what a topic is about', () => {
    expect(parseTopic('score:vcp:000660')).toMatchObject({ ticker: '000660', strategy: 'vcp' })
    expect(parseTopic('job:7')).toMatchObject({ job: '7', ticker: null })
  })

  it('gives each topic one name', () => {
    expect(parseTopic('signal:jongga_v2')?.name).toBe('signal:closing-bet')
    expect(parseTopic('signal:daytrading')?.name).toBe('signal:daytrade')
    expect(parseTopic('score:daytrading:005930')?.name).toBe('score:daytrade:005930')
    expect(parseTopic('market:KOSPI')?.name).toBe('market:kospi')
  })

  it.each([
    '',
    ':',
    'price',
    'price:',
    'price:00593',
    'price:0059301',
    'price:00593a',
    'price:005930:',
    'price:005930 ',
    'market:nasdaq',
    'market-gate:',
    'signals:vcp',
    'signal:',
    'signal:VCP',
    'signal:__proto__',
    `signal:${'a'.repeat(41)}`,
    'score:vcp',
    'score:vcp:12',
    'score:vcp:005930:x',
    'job:',
    'job:-',
    'job:../etc',
    `job:${'a'.repeat(121)}`,
    'toString',
  ])('refuses %j', (name) => {
    expect(parseTopic(name)).toBe(null)
  })

  it('takes its own names for what they are', () => {
    const part = fc.constantFrom(
      'price',
      'signal',
      'score',
      'job',
      'vcp',
      'jongga',
      '005930',
      '',
      'a.b',
    )
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const topic = parseTopic(parts.join(':'))
        if (topic !== null) expect(parseTopic(topic.name)).toEqual(topic)
      }),
    )
  })
})
