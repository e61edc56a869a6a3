/**
 * Writes the built-in prices (packages/server/src/catalog/models/builtin.json) from @pydantic/genai-prices.
 *   npx tsx scripts/refresh-models.ts [YYYY-MM-DD]   prices of that day, today by default
 *   npx tsx scripts/refresh-models.ts --check        fails when the file is not what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PriceTable } from '../packages/server/src/catalog/models/price-table.ts'
import { buildTable } from './prices/build-table.ts'

const FILE = join(import.meta.dirname, '../packages/server/src/catalog/models/builtin.json')

/** One model a line, so that a change of price is a change of one line. */
function print(table: PriceTable): string {
  const lines = table.models.map((model) => `    ${JSON.stringify(model)}`)
  return `{\n  "asOf": "${table.asOf}",\n  "models": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** Parsing checks the table, and puts the keys in one order. */
const tableOf = (day: string) => PriceTable.parse(buildTable(day))

const [argument = new Date().toISOString().slice(0, 10)] = process.argv.slice(2)

if (argument === '--check') {
  const text = readFileSync(FILE, 'utf8')
  if (print(tableOf(PriceTable.parse(JSON.parse(text)).asOf)) !== text) {
    console.error(`${FILE} differs from the installed prices: run npx tsx scripts/refresh-models.ts`)
    process.exitCode = 1
  }
} else {
  const table = tableOf(argument)
  writeFileSync(FILE, print(table))
  console.log(`${table.models.length} models, prices of ${table.asOf}`)
}
