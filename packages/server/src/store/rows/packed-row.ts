/** A row as bytes already, one of many in a slab. It keeps the cells that tell where it lies (store/written-days). */
export class PackedRow {
  /** Names, joined by commas. */
  readonly columns: string
  readonly project_id: unknown
  readonly timestamp: unknown
  readonly start_time: unknown
  readonly #slab: Uint8Array
  readonly #start: number
  readonly #end: number

  constructor(row: object, columns: string, { slab, start, end }: Place) {
    this.columns = columns
    this.project_id = Reflect.get(row, 'project_id')
    this.timestamp = Reflect.get(row, 'timestamp')
    this.start_time = Reflect.get(row, 'start_time')
    this.#slab = slab
    this.#start = start
    this.#end = end
  }

  get bytes(): Uint8Array {
    return this.#slab.subarray(this.#start, this.#end)
  }
}

interface Place {
  readonly slab: Uint8Array
  readonly start: number
  readonly end: number
}

/** The names of a row's columns, in the order of its cells. */
export function columnsOf(row: object): readonly string[] {
  return row instanceof PackedRow ? row.columns.split(',') : Object.keys(row)
}
