/** Terms on fields without a key: texts, payloads, numbers, times, yes and no, lists. */
import type { FilterCondition } from '@xtrace/contract'
import { amountOf, instantOf, truthOf } from './amount.ts'
import type { FieldType, Unit } from './fields.ts'
import type { Comparison, FieldTerm, Test } from './query.ts'
import { conditions, invalid, numberHint, OPPOSITE, PARTS, unsupported, type Verdict } from './verdict.ts'

export interface PlainField {
  readonly column: string
  readonly name: string
  readonly type: FieldType
}

export function lowerPlain({ test, isNegated }: FieldTerm, field: PlainField): Verdict {
  const { column, type } = field
  if (test.kind === 'set' && type.is !== 'payload')
    return conditions({ type: 'null', column, operator: isNegated ? 'is null' : 'is not null' })
  switch (type.is) {
    case 'text':
      return lowerText(test, { column, isNegated, isUpper: type.isUpper === true })
    case 'payload':
      return lowerPayload(test, { column, isNegated, setColumn: type.setColumn })
    case 'number':
      return lowerNumber(test, { column, isNegated, unit: type.unit })
    case 'time':
      return lowerTime(test, { column, isNegated })
    case 'boolean':
      return lowerBoolean(test, { column, isNegated })
    case 'list':
      return lowerList(test, { column, isNegated })
    default:
      return invalid(`${field.name} needs a key.`)
  }
}

interface Target {
  readonly column: string
  readonly isNegated: boolean
}

function lowerText(test: Test, { column, isNegated, isUpper }: Target & { readonly isUpper: boolean }): Verdict {
  const cased = (value: string) => (isUpper ? value.toUpperCase() : value)
  switch (test.kind) {
    case 'is':
    case 'exact':
      return conditions(options(column, [cased(test.value)], isNegated))
    case 'any':
      return conditions(options(column, test.values.map(cased), isNegated))
    case 'all':
      return invalid('One text cannot be several at once: separate them by , instead of &.')
    case 'compare':
    case 'range':
      return invalid('This field is a text, which has no order.')
    default:
      return lowerPart(test, { column, isNegated })
  }
}

const options = (column: string, value: string[], isNegated: boolean): FilterCondition => ({
  type: 'stringOptions',
  column,
  operator: isNegated ? 'none of' : 'any of',
  value,
})

function lowerPart(test: Test, { column, isNegated }: Target): Verdict {
  if (test.kind !== 'contains' && test.kind !== 'starts' && test.kind !== 'ends')
    return invalid('This is no test of a text.')
  if (!isNegated) return conditions({ type: 'string', column, operator: PARTS[test.kind], value: test.value })
  if (test.kind === 'contains')
    return conditions({ type: 'string', column, operator: 'does not contain', value: test.value })
  return unsupported(
    `The server cannot leave out what ${PARTS[test.kind]} a text; -…:*text* leaves out what contains it.`,
  )
}

/** A plain value is looked for as the words of a full text are: without regard to case. */
function lowerPayload(test: Test, { column, isNegated, setColumn }: Target & { readonly setColumn: string }): Verdict {
  switch (test.kind) {
    case 'set':
      return conditions({ type: 'boolean', column: setColumn, operator: '=', value: !isNegated })
    case 'is':
      return conditions({
        type: 'string',
        column,
        operator: isNegated ? 'does not contain' : 'matches',
        value: test.value,
      })
    case 'exact':
      if (isNegated) return unsupported('The server cannot leave out one whole text: use -…:*text*.')
      return conditions({ type: 'string', column, operator: '=', value: test.value })
    case 'any':
    case 'all':
      return test.kind === 'all' || isNegated
        ? conditions(
            ...test.values.map(
              (value): FilterCondition => ({
                type: 'string',
                column,
                operator: isNegated ? 'does not contain' : 'matches',
                value,
              }),
            ),
          )
        : unsupported('The server looks for one text at a time: write one term for each, all of them must be found.')
    default:
      return lowerPart(test, { column, isNegated })
  }
}

/** What a field of an order is compared with, read by `read`. */
function ordered<Value>(test: Test, isNegated: boolean, how: Ordered<Value>): Verdict {
  switch (test.kind) {
    case 'compare': {
      const value = how.read(test.value)
      if (value === undefined) return invalid(how.hint(test.value))
      return conditions(how.condition(isNegated ? OPPOSITE[test.operator] : test.operator, value))
    }
    case 'range': {
      const [from, to] = [how.read(test.from), how.read(test.to)]
      if (from === undefined || to === undefined) return invalid(how.hint(from === undefined ? test.from : test.to))
      if (isNegated) return unsupported('Outside of a range means below or above: the server knows no or.')
      return conditions(how.condition('>=', from), how.condition('<=', to))
    }
    default:
      return invalid('Use =, >, >=, <, <= or a range like 1..2 here.')
  }
}

interface Ordered<Value> {
  read(value: string): Value | undefined
  hint(value: string): string
  condition(operator: Comparison, value: Value): FilterCondition
}

function lowerNumber(test: Test, { column, isNegated, unit }: Target & { readonly unit: Unit }): Verdict {
  const read = (value: string) => amountOf(value, unit)
  if (test.kind === 'is' || test.kind === 'exact') {
    const value = read(test.value)
    if (value === undefined) return invalid(numberHint(test.value, unit))
    if (isNegated) return unsupported('Other than one number means below or above: the server knows no or.')
    return conditions({ type: 'number', column, operator: '=', value })
  }
  if (test.kind === 'any') return unsupported('One of several numbers: the server knows no or. Use a range.')
  return ordered(test, isNegated, {
    read,
    hint: (value) => numberHint(value, unit),
    condition: (operator, value) => ({ type: 'number', column, operator, value }),
  })
}

function lowerTime(test: Test, { column, isNegated }: Target): Verdict {
  return ordered(test, isNegated, {
    read: instantOf,
    hint: (value) => `“${value}” is no time: 2026-11-20 or 2026-11-20T14:00:00Z.`,
    condition: (operator, value) => ({ type: 'datetime', column, operator, value }),
  })
}

function lowerBoolean(test: Test, { column, isNegated }: Target): Verdict {
  const value = test.kind === 'is' || test.kind === 'exact' ? truthOf(test.value) : undefined
  if (value === undefined) return invalid('This is either true or false.')
  return conditions({ type: 'boolean', column, operator: '=', value: value !== isNegated })
}

function lowerList(test: Test, { column, isNegated }: Target): Verdict {
  const list = (operator: 'any of' | 'none of' | 'all of', value: readonly string[]) =>
    conditions({ type: 'arrayOptions', column, operator, value: [...value] })
  switch (test.kind) {
    case 'is':
    case 'exact':
      return list(isNegated ? 'none of' : 'any of', [test.value])
    case 'any':
      return list(isNegated ? 'none of' : 'any of', test.values)
    case 'all':
      return isNegated
        ? unsupported('The server cannot leave out what has all of several; it can what has any of them: (a, b).')
        : list('all of', test.values)
    default:
      return unsupported('The values of a list are compared whole: no * and no order.')
  }
}
