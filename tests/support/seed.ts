import fc from 'fast-check'

// Every worker takes the seed that the run announced.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) })
