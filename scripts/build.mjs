// npm run build: everything that is published, types included.
import { build, install } from './workspace.mjs'

install()
build({ types: true })
