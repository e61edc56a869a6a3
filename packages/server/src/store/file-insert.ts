/**
 * How rows get into the embedded engine: through a file that it reads. What stands behind an INSERT as text
 * passes through chDB's client first, which takes as long again as reading it (docs/adr/006-write-path.md).
 */
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { printLiteral } from './print.ts'
import { type RowBlock, rowBinary, structureOf } from './rows/row-binary.ts'
import { Sql, sql, str } from './sql.ts'

/** The files live in `folder` while an insert takes, which is too short for them to reach the disk. */
export function createFileInsert(folder: string) {
  return async (client: ClickHouseClient, block: RowBlock, token: string): Promise<void> => {
    await mkdir(folder, { recursive: true })
    const path = join(folder, `insert-${randomUUID()}`)
    try {
      await writeFile(path, rowBinary(block))
      const { query } = printLiteral(statement(block, path))
      await client.command({ query, clickhouse_settings: { insert_deduplication_token: token } })
    } finally {
      await rm(path, { force: true })
    }
  }
}

function statement(block: RowBlock, path: string): Sql {
  const into = new Sql([`INSERT INTO ${block.table} (${block.columns.join(', ')})`])
  return sql`${into} SELECT * FROM file(${str(literally(path))}, 'RowBinary', ${str(structureOf(block))})`
}

/**
 * The engine takes braces for a choice of names, finds no file and stores nothing, without a word. It knows no escape,
 * but `?` is any one character, and the file's own name is like no other.
 */
const literally = (path: string): string => path.replaceAll(/[{}]/g, '?')
