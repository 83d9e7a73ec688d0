import { type Column, type Kernel, kernelColumn } from './column.js'

// One loop per operation, so that each is compiled for itself: a shared loop that calls a passed-in
// function per bar costs several times more.

/** `numerator / denominator`; missing where the denominator is 0. */
export function ratio(numerator: Column, denominator: Column): Column {
  return binary('ratio', numerator, denominator, (out, from, to, [a, b]) => {
    const x = a as Float64Array
    const y = b as Float64Array
    for (let i = from; i < to; i++) {
      const divisor = y[i] as number
      out[i] = (x[i] as number) / divisor
      // Afterwards: choosing between the two costs more than a division that is thrown away.
      if (divisor === 0) out[i] = Number.NaN
    }
  })
}

/** `minuend - subtrahend`. */
export function difference(minuend: Column, subtrahend: Column): Column {
  return binary('difference', minuend, subtrahend, (out, from, to, [a, b]) => {
    const x = a as Float64Array
    const y = b as Float64Array
    let i = from
    for (; i < to - 1; i += 2) {
      out[i] = (x[i] as number) - (y[i] as number)
      out[i + 1] = (x[i + 1] as number) - (y[i + 1] as number)
    }
    if (i < to) out[i] = (x[i] as number) - (y[i] as number)
  })
}

/** `left + right`. */
export function total(left: Column, right: Column): Column {
  return binary('total', left, right, (out, from, to, [a, b]) => {
    const x = a as Float64Array
    const y = b as Float64Array
    for (let i = from; i < to; i++) out[i] = (x[i] as number) + (y[i] as number)
  })
}

/** `left * right`. */
export function product(left: Column, right: Column): Column {
  return binary('product', left, right, (out, from, to, [a, b]) => {
    const x = a as Float64Array
    const y = b as Float64Array
    for (let i = from; i < to; i++) out[i] = (x[i] as number) * (y[i] as number)
  })
}

/** `column * factor`, a constant factor. */
export function scaled(input: Column, factor: number): Column {
  return kernelColumn({
    name: 'scaled',
    parameters: [factor],
    inputs: [input],
    reach: 1,
    kernel: (out, from, to, [values]) => {
      const x = values as Float64Array
      for (let i = from; i < to; i++) out[i] = (x[i] as number) * factor
    },
  })
}

function binary(name: string, left: Column, right: Column, kernel: Kernel): Column {
  return kernelColumn({ name, inputs: [left, right], reach: 1, kernel })
}
