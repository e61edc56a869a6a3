/** Where the figures of a group lead. Pure. */
import type { OverviewKey } from '#api/overview.ts'
import { printQuery } from '#lib/filter/print.ts'
import { fieldTerm } from '#lib/filter/query.ts'

interface KeyWords {
  /** In titles: `Cost by model`. */
  readonly noun: string
  /** What is counted. */
  readonly counted: string
  /** What those without a key are called. */
  readonly none: string
  /** The filter bar's name of it. */
  readonly field: 'model' | 'name' | 'user' | 'env'
  readonly to: '/p/$project/observations' | '/p/$project/traces'
  /** Narrows to what failed. */
  readonly failed: string
}

const TRACES = { counted: 'Traces', to: '/p/$project/traces', failed: 'errors:>0' } as const

export const KEY_WORDS: Readonly<Record<OverviewKey, KeyWords>> = {
  model: {
    noun: 'model',
    counted: 'Calls',
    none: 'no model',
    field: 'model',
    to: '/p/$project/observations',
    failed: 'level:error',
  },
  name: { noun: 'name', none: 'no name', field: 'name', ...TRACES },
  user: { noun: 'user', none: 'no user', field: 'user', ...TRACES },
  environment: { noun: 'environment', none: 'no environment', field: 'env', ...TRACES },
}

/** The filter under which the rows of a group are; `rest` narrows it. */
export function filterOfGroup(by: OverviewKey, key: string, rest = ''): string {
  const { field } = KEY_WORDS[by]
  const own = key === '' ? `-${field}:*` : printQuery([fieldTerm(field, { kind: 'exact', value: key })])
  return rest === '' ? own : `${own} ${rest}`
}
