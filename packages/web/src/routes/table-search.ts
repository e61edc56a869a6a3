import { z } from 'zod'
import { queryOfOldFilter } from '#lib/filter/old-filter.ts'
import { printQuery } from '#lib/filter/print.ts'
import { flag, list, text, wordOf } from '#search/shared.ts'
import { TRACE_VIEW } from '#search/trace-view-search.ts'

/** What the tables of traces and observations keep in the URL. */
export const TableSearch = z
  .object({
    /** The filter, in the language of the filter bar. */
    q: text,
    /** The filter of an old link, as JSON; becomes `q`, where there is none. */
    filter: text,
    /** `-time` by default; `latency` ascends, `-latency` descends. */
    sort: text,
    cols: list,
    /** Id of a saved view. */
    view: text,
    /** Id of the row that is peeked at. */
    peek: text,
    // How its trace is looked at.
    ...TRACE_VIEW,
    live: flag,
    /** What the chart shows; how many rows there are by default. */
    chart: wordOf(['p90', 'cost']),
  })
  // The router lays the result over what it was given: what is not wanted any more has to be undefined.
  .transform(({ filter, ...search }) =>
    filter === undefined
      ? search
      : { ...search, filter: undefined, q: search.q ?? printQuery(queryOfOldFilter(filter)) },
  )
