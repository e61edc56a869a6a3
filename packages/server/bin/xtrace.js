#!/usr/bin/env node
require('./threads.js')
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

const main = join(__dirname, '..', 'dist', 'main.js')
if (existsSync(main)) {
  void import(pathToFileURL(main).href)
} else {
  console.error('xtrace is not built yet: run `npm run build`, or `npm start`, which builds first.')
  process.exitCode = 1
}
