/**
 * Conditions on metadata, which is stored as the JSON text of one object. A key is looked for as
 * it stands; one with dots that isn't there is read as a path (`a.b` → {"a":{"b":…}}). Every
 * condition but `is not set` needs the key to exist (public-api contract §1.7, §26.1).
 */
import type { Filter } from '#domain/filter.ts'
import { f64, join, type Sql, sql, str, strs } from '#store/sql.ts'
import { compare, testText } from './filter-condition.ts'

export type MetadataFilter = Extract<
  Filter,
  { type: 'stringObject' | 'numberObject' | 'booleanObject' | 'categoryOptions' | 'null' }
>

/** The condition over the text column `metadata`. */
export function metadataSql(metadata: Sql, filter: MetadataFilter): Sql {
  if (filter.type === 'null')
    return filter.operator === 'is null' ? sql`${metadata} IN ('', '{}')` : sql`${metadata} NOT IN ('', '{}')`
  const paths = [sql`${str(filter.key)}`]
  if (filter.key.includes('.'))
    paths.push(
      join(
        filter.key.split('.').map((part) => sql`${str(part)}`),
        ', ',
      ),
    )
  const [plain = sql`''`, nested] = paths.map((path) => testAt(metadata, path, filter))
  if (!nested) return plain
  return sql`if(${isSet(metadata, sql`${str(filter.key)}`)}, ${plain}, ${nested})`
}

/** The value of a key, or of a path, as text; '' where it is not set. */
export function metadataTextSql(metadata: Sql, key: string): Sql {
  const plain = sql`${str(key)}`
  if (!key.includes('.')) return textAt(metadata, plain)
  const path = join(
    key.split('.').map((part) => sql`${str(part)}`),
    ', ',
  )
  return sql`if(${isSet(metadata, plain)}, ${textAt(metadata, plain)}, ${textAt(metadata, path)})`
}

const isSet = (metadata: Sql, path: Sql): Sql => sql`JSONHas(${metadata}, ${path})`

function testAt(metadata: Sql, path: Sql, filter: Exclude<MetadataFilter, { type: 'null' }>): Sql {
  const text = textAt(metadata, path)
  switch (filter.type) {
    case 'stringObject':
      if (filter.operator === 'is set') return isSet(metadata, path)
      if (filter.operator === 'is not set') return sql`NOT ${isSet(metadata, path)}`
      // Unlike input and output, metadata is matched with its case.
      if (filter.operator === 'matches') return sql`position(${text}, ${str(filter.value)}) > 0`
      return sql`${isSet(metadata, path)} AND ${testText(text, filter.operator, filter.value)}`
    case 'numberObject':
      return sql`ifNull(${compare(sql`toFloat64OrNull(${text})`, filter.operator, sql`${f64(filter.value)}`)}, 0)`
    case 'booleanObject': {
      const wanted = (filter.operator === '=') === filter.value
      return sql`${text} = ${str(String(wanted))}`
    }
    case 'categoryOptions': {
      const found = sql`hasAny(arrayPushBack(JSONExtract(${metadata}, ${path}, 'Array(String)'), ${text}), ${strs(filter.value)})`
      return filter.operator === 'any of' ? found : sql`${isSet(metadata, path)} AND NOT ${found}`
    }
  }
}

/** The stored form of a value: a text's characters, anything else as JSON. */
const textAt = (metadata: Sql, path: Sql): Sql =>
  sql`if(JSONType(${metadata}, ${path}) = 'String', JSONExtractString(${metadata}, ${path}), JSONExtractRaw(${metadata}, ${path}))`
