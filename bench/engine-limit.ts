import type { Bench } from './lib/bench.ts'
import { progress } from './lib/bench.ts'
import { engineLimit, type InsertWay, type PreparedRows, prepareRows } from './lib/engine-limit.ts'
import { inNewFolder } from './lib/folders.ts'
import type { Options } from './lib/options.ts'
import type { Table } from './lib/report.ts'
import { figure, median, spread } from './lib/statistics.ts'

const WAYS = {
  file: "the engine's own format, from files",
  port: "row objects, through the writer's port",
} as const satisfies Readonly<Record<InsertWay, string>>

export const engineLimitBench: Bench = {
  name: 'engine-limit',
  measures: 'the rows of ingest inserted straight into the engine',
  run: (options) => inNewFolder(async (folder) => [await compareWays(options, folder)]),
}

async function compareWays({ rounds, payloads }: Options, folder: string): Promise<Table> {
  const rows: string[][] = []
  for (const payloadBytes of payloads) {
    const prepared = await prepareRows(folder, payloadBytes)
    for (const [way, figures] of await interleaved(prepared, rounds)) {
      const megabytes = (median(figures) * payloadBytes) / 1e6
      rows.push([`${payloadBytes} B`, WAYS[way], String(prepared.blockRows), spread(figures), figure(megabytes)])
    }
  }
  return {
    title: 'engine-limit: rows that a server stored, inserted again without it',
    columns: ['payload', 'way', 'rows a block', 'observations/s', 'MB/s of payload'],
    rows,
    notes: ['One insert at a time, each synced, of observations and their traces. The first way is the limit.'],
  }
}

async function interleaved(prepared: PreparedRows, rounds: number): Promise<ReadonlyMap<InsertWay, number[]>> {
  const figures = new Map<InsertWay, number[]>([
    ['file', []],
    ['port', []],
  ])
  for (let round = 0; round < rounds; round++) {
    for (const [way, of] of figures) {
      of.push(await engineLimit(prepared, way))
      progress(`engine-limit ${way}: ${figure(of.at(-1) ?? 0)}/s`)
    }
  }
  return figures
}
