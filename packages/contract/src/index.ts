/** The bytes on the wire: schemas and their types. The only barrel in the project. */
export { z } from 'zod'
export * from './fields.ts'
export * from './ingestion.ts'
export * from './legacy-writes.ts'
export * from './native.ts'
export * from './score-body.ts'
