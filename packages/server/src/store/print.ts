/** Prints a statement for an engine: with its values as literals, or bound to parameters. */
import { literal, type Parameter, parameter } from './literals.ts'
import type { Sql } from './sql.ts'

export interface Printed {
  readonly query: string
  readonly params?: Readonly<Record<string, Parameter>>
}

/** For chDB, which serialises parameterised queries process-wide. @throws AppError `bad_request` */
export function printLiteral(statement: Sql): Printed {
  return { query: statement.parts.map((part) => (typeof part === 'string' ? part : literal(part))).join('') }
}

/** For a server: `{p0: String}` and the like, with the values beside it. @throws AppError `bad_request` */
export function printBound(statement: Sql): Printed {
  const params: Record<string, Parameter> = {}
  let count = 0
  const query = statement.parts.map((part) => {
    if (typeof part === 'string') return part
    const name = `p${count++}`
    params[name] = parameter(part)
    return `{${name}: ${part.type}}`
  })
  return { query: query.join(''), params }
}
