/** Every way to break a right call in one place: what is wrong, and what to send. */
import { isTree, type Tree } from '../support/openapi.ts'
import type { Document, Operation, Parameter } from './described.ts'

/** Bodies that lack a required field, or hold a value that its schema does not allow. */
export function wrongBodies({ plain }: Document, { body }: Operation, right: unknown): [fault: string, body: object][] {
  const { required, properties } = plain(body)
  const absent = (Array.isArray(required) ? required : []).map((name): [string, object] => {
    const { [name]: _, ...rest } = Object(right)
    return [`no ${name}`, rest]
  })
  const odd = Object.entries(isTree(properties) ? properties : {}).flatMap(([name, schema]) =>
    wrongValues(plain(schema)).map((value): [string, object] => [
      `${name}: ${JSON.stringify(value)}`,
      { ...Object(right), [name]: value },
    ]),
  )
  return [...absent, ...odd]
}

/** Values that a schema does not allow; none for one that allows everything. */
function wrongValues({ type, enum: values, format }: Tree): unknown[] {
  if (type === undefined) return []
  if (Array.isArray(values) || format === 'date-time') return ['no-such-value', { no: 'text' }]
  return type === 'object' || type === 'array' ? ['text'] : [{ no: 'such type' }]
}

/** Texts that a query parameter's schema does not allow; undefined is none where one is required. */
export function wrongTexts({ plain }: Document, { schema, isRequired }: Parameter): (string | undefined)[] {
  const { type, enum: values, format } = plain(schema)
  const isWord = values === undefined && format !== 'date-time' && (type === 'string' || type === 'array')
  return [...(isRequired ? [undefined] : []), ...(isWord || type === undefined ? [] : ['no-such-value'])]
}
