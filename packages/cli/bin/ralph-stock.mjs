#!/usr/bin/env node
// The link to this file is made when dependencies are installed, before anything is built.
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  process.stderr.write('E_CLI_NOT_BUILT: ralph-stock is not built yet; run "npm start" once\n')
  process.exitCode = 1
}
