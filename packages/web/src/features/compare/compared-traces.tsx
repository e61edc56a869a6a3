import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { formatId } from '#lib/format/id.ts'
import { type ComparedRow, foldSame } from '#lib/trace/compare.ts'
import type { TraceTree } from '#lib/trace/tree.ts'
import { useProject } from '#project/use-project.ts'
import { ComparePayloads } from './compare-payloads.tsx'
import { ComparedRows, type ShownRow } from './compared-rows.tsx'
import { sideOf } from './compared-side.ts'
import { divergenceText } from './find-divergence.ts'
import { useDivergence } from './use-divergence.ts'

const route = getRouteApi('/p/$project/compare')

interface ComparedTracesProps {
  readonly trees: readonly [TraceTree, TraceTree]
  readonly rows: readonly ComparedRow[]
  readonly ids: readonly [string, string]
  readonly names: readonly [string | null, string | null]
}

/** Both trees as one list with what changed, opened at the first place where the runs part. */
export function ComparedTraces({ trees, rows, ids, names }: ComparedTracesProps) {
  const { node } = route.useSearch()
  const navigate = useNavigate()
  const state = useDivergence(trees, rows)
  const divergence = state.kind === 'found' ? state.row : undefined
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const chosen = node === undefined ? divergence : rows.findIndex((row) => idsOf(trees, row).includes(node))
  const shown = useMemo(
    () => shownRows(rows, { opened, kept: [chosen, divergence] }),
    [rows, opened, chosen, divergence],
  )
  const row = rows[chosen ?? -1]
  const choose = (index: number) => {
    const [a, b] = idsOf(trees, rows[index])
    navigate({ to: '.', search: (old) => ({ ...old, node: a ?? b }), replace: true }).catch(() => {})
  }
  return (
    <>
      <header className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-1 border-b bg-surface px-4 py-2 text-13">
        <Side letter="A" id={ids[0]} name={names[0]} />
        <Side letter="B" id={ids[1]} name={names[1]} />
        <p className="text-text-2">
          {divergenceText(state)}{' '}
          {divergence === undefined ? null : (
            <button
              type="button"
              className="font-medium text-accent hover:underline"
              onClick={() => choose(divergence)}
            >
              row {divergence + 1}
            </button>
          )}
        </p>
      </header>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <ComparedRows
          trees={trees}
          rows={rows}
          shown={shown}
          chosen={chosen}
          divergence={divergence}
          onChoose={choose}
          onOpenFold={(from) => setOpened(new Set([...opened, from]))}
        />
        <section
          aria-label="Outputs"
          className="flex min-h-0 flex-1 flex-col border-l max-lg:border-t max-lg:border-l-0"
        >
          {row ? (
            <ComparePayloads a={sideOf(trees[0], row.a)} b={sideOf(trees[1], row.b)} titles={['A', 'B']} />
          ) : (
            <p className="p-4 text-text-2">Choose a row to read both sides.</p>
          )}
        </section>
      </div>
    </>
  )
}

function Side({ letter, id, name }: { readonly letter: string; readonly id: string; readonly name: string | null }) {
  const { project } = useProject()
  return (
    <Link
      to="/p/$project/traces/$trace"
      params={{ project: project.id, trace: id }}
      className="flex min-h-6 items-center gap-2 hover:text-accent"
    >
      <span className="font-semibold">{letter}</span>
      <span>{name ?? 'Trace'}</span>
      <span className="mono text-text-3">{formatId(id)}</span>
    </Link>
  )
}

const idsOf = ([a, b]: readonly [TraceTree, TraceTree], row: ComparedRow | undefined) =>
  [
    row?.a === undefined ? undefined : a.skeleton.ids[row.a],
    row?.b === undefined ? undefined : b.skeleton.ids[row.b],
  ] as const

/** Long runs without a change as one line each, but those that were opened or hold what must be seen. */
function shownRows(
  rows: readonly ComparedRow[],
  { opened, kept }: { readonly opened: ReadonlySet<number>; readonly kept: readonly (number | undefined)[] },
): readonly ShownRow[] {
  const isKept = ({ from, to }: { readonly from: number; readonly to: number }) =>
    kept.some((index) => index !== undefined && index >= from && index < to)
  const folds = foldSame(rows).filter((fold) => !opened.has(fold.from) && !isKept(fold))
  const shown: ShownRow[] = []
  let next = 0
  for (const { from, to } of folds) {
    for (; next < from; next++) shown.push({ kind: 'row', index: next })
    shown.push({ kind: 'fold', from, count: to - from })
    next = to
  }
  for (; next < rows.length; next++) shown.push({ kind: 'row', index: next })
  return shown
}
