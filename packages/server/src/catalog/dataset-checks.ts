import type { Dataset, DatasetItemContent } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import { type JsonSchemas, SchemaError } from '#lib/json-schema.ts'

export type DatasetSchemas = Pick<Dataset, 'inputSchema' | 'expectedOutputSchema'>

/** What a dataset's schemas say of an item; a null value is checked like any other. */
export interface DatasetChecks {
  /** @throws AppError `bad_request` for text that is no JSON Schema */
  refuseBroken(schemas: DatasetSchemas): void
  /** Sentences that name field and place; none when the item fits. */
  faults(schemas: DatasetSchemas, content: DatasetItemContent): string[]
}

const CHECKED = [
  { field: 'input', schema: 'inputSchema' },
  { field: 'expectedOutput', schema: 'expectedOutputSchema' },
] as const

export function createDatasetChecks(schemas: JsonSchemas): DatasetChecks {
  const checkOf = (text: string) => schemas.compile(JSON.parse(text))
  return {
    refuseBroken(wanted) {
      for (const { schema } of CHECKED) {
        const text = wanted[schema]
        if (text === undefined) continue
        try {
          checkOf(text)
        } catch (error) {
          if (!(error instanceof SchemaError)) throw error
          throw new AppError('bad_request', `${schema} is not a valid JSON Schema: ${error.message}`, { cause: error })
        }
      }
    },
    faults: (wanted, content) =>
      CHECKED.flatMap(({ field, schema }) => {
        const text = wanted[schema]
        if (text === undefined) return []
        const value: unknown = JSON.parse(content[field] ?? 'null')
        return checkOf(text)(value).map((fault) => `${field}: ${fault}`)
      }),
  }
}
