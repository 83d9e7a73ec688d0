import { describe, expect, it } from 'vitest'
import { createPriceStore, type Quote } from './price-store.js'

const quote = (price: number): Quote => ({
  price,
  change: null,
  changePct: null,
  volume: null,
  tradedValue: null,
  at: null,
})

function storeWithFrames() {
  const frames: (() => void)[] = []
  const store = createPriceStore((flush) => frames.push(flush))
  return { store, frames, frame: () => frames.splice(0).forEach((flush) => void flush()) }
}

describe('prices', () => {
  it('asks for one frame however many prices come, and shows the last of each stock', () => {
    const { store, frames, frame } = storeWithFrames()
    let heard = 0
    store.subscribe('100010', () => heard++)
    for (let price = 1; price <= 500; price++) store.put('100010', quote(price))
    expect([frames.length, heard, store.get('100010')]).toEqual([1, 0, undefined])
    frame()
    expect([heard, store.get('100010')?.price]).toEqual([1, 500])
    store.put('100010', quote(501))
    expect(frames).toHaveLength(1)
  })

  it('tells only who reads the stock, until they leave', () => {
    const { store, frame } = storeWithFrames()
    const heard: string[] = []
    const leave = store.subscribe('100010', () => heard.push('100010'))
    store.subscribe('100020', () => heard.push('100020'))
    store.put('100010', quote(1))
    frame()
    leave()
    store.put('100010', quote(2))
    store.put('100030', quote(3))
    frame()
    expect(heard).toEqual(['100010'])
  })

  it('keeps what the socket told when an older answer is offered', () => {
    const { store, frame } = storeWithFrames()
    store.put('100010', quote(2))
    store.offer('100010', quote(1))
    store.offer('100020', quote(7))
    frame()
    store.offer('100020', quote(8))
    frame()
    expect([store.get('100010')?.price, store.get('100020')?.price]).toEqual([2, 7])
  })
})
