import { ByteSink } from '#store/byte-sink.ts'
import type { Table } from '#store/engine.ts'
import { PackedRow } from './packed-row.ts'
import { createRowWriter, type RowWriter } from './row-binary.ts'

const SLAB_BYTES = 256 * 1024

/** Makes rows into bytes ahead of their insert. A slab is let go with the last of its rows. */
export function createRowPacker(): (table: Table, row: object) => PackedRow {
  const sink = new ByteSink(SLAB_BYTES)
  const writers = new Map<Table, { readonly write: RowWriter; readonly columns: string }>()
  let slab = Buffer.alloc(0)
  let used = 0

  const writerOf = (table: Table, row: object) => {
    const found = writers.get(table)
    if (found) return found
    const columns = Object.keys(row)
    const made = { write: createRowWriter(table, columns), columns: columns.join() }
    writers.set(table, made)
    return made
  }

  const keep = (bytes: Uint8Array) => {
    // In a slab of its own, which nothing but the row holds.
    if (bytes.byteLength > SLAB_BYTES) return { slab: Buffer.from(bytes), start: 0, end: bytes.byteLength }
    if (used + bytes.byteLength > slab.byteLength) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      used = 0
    }
    slab.set(bytes, used)
    const start = used
    used += bytes.byteLength
    return { slab, start, end: used }
  }

  return (table, row) => {
    const { write, columns } = writerOf(table, row)
    try {
      write(sink, row)
      return new PackedRow(row, columns, keep(sink.take()))
    } finally {
      sink.clear()
    }
  }
}
