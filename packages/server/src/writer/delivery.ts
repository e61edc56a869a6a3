import { createHash } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import type { Engine, Table } from '#store/engine.ts'
import { type Refusal, reasonOf } from './located.ts'
import type { Parcel } from './parcel.ts'
import type { Retry } from './retry.ts'

export interface DeliveryDeps {
  readonly engine: Pick<Engine, 'insert'>
  readonly retry: Retry
  readonly onStored: (table: Table, rows: number) => void
}

/**
 * Stores parcels of one table in one insert. When the engine refuses the rows, halves are tried
 * until the bad parcel stands alone; its changes are given back. When the engine is not there,
 * waits for it.
 */
export async function deliver(table: Table, parcels: readonly Parcel[], deps: DeliveryDeps): Promise<Refusal[]> {
  if (parcels.length === 0) return []
  const rows = parcels.flatMap((parcel) => parcel.rows)
  try {
    await deps.retry(`insert into ${table}`, () => deps.engine.insert(table, rows, tokenOf(table, parcels)))
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error
    const [parcel] = parcels
    if (parcels.length === 1 && parcel) return refuse(parcel, error)
    const middle = Math.ceil(parcels.length / 2)
    const refused = await deliver(table, parcels.slice(0, middle), deps)
    return [...refused, ...(await deliver(table, parcels.slice(middle), deps))]
  }
  for (const parcel of parcels) parcel.settle?.(true)
  deps.onStored(table, rows.length)
  return []
}

function refuse(parcel: Parcel, error: AppError): Refusal[] {
  parcel.settle?.(false)
  return parcel.sources.map((located) => ({ ...located, stage: 'store', reason: reasonOf(error) }))
}

/** Equal for equal rows only, so that a repeated insert is known as such and a different one never is. */
function tokenOf(table: Table, parcels: readonly Parcel[]): string {
  const stamps = parcels.map((parcel) => parcel.stamp)
  return createHash('sha256')
    .update([table, ...stamps].join('\0'))
    .digest('hex')
}
