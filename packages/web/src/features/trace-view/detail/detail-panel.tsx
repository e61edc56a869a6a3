import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { idOf } from '#features/trace-view/model/trace-model.ts'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import { useSettled } from '#features/trace-view/model/use-settled.ts'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { DetailHead } from './detail-head.tsx'
import { PayloadsTab } from './payloads-tab.tsx'
import type { DetailSubject } from './subject.ts'

const MetaTab = lazy(async () => ({ default: (await import('./meta-tab.tsx')).MetaTab }))
const ScoresTab = lazy(async () => ({ default: (await import('./scores-tab.tsx')).ScoresTab }))
const CommentsTab = lazy(async () => ({ default: (await import('./comments-tab.tsx')).CommentsTab }))
const RawTab = lazy(async () => ({ default: (await import('./raw-tab.tsx')).RawTab }))

const TABS = [
  { name: 'io', label: 'Input & output' },
  { name: 'meta', label: 'Metadata' },
  { name: 'scores', label: 'Scores' },
  { name: 'comments', label: 'Comments' },
  { name: 'raw', label: 'Raw' },
] as const
type TabName = (typeof TABS)[number]['name']

/** Keys may run over rows faster than payloads can be read. */
const SETTLE_MS = 90

/** What is selected, in full: an observation, or the trace when nothing is. */
export function DetailPanel({ onClose }: { readonly onClose?: () => void }) {
  const { tab = 'io' } = useTraceSearch()
  const navigate = useNavigate()
  const { traceId } = useTraceContext()
  const { model, tree } = useShown()
  const node = selectedNode(tree)
  const id = node === undefined ? undefined : idOf(model, node)
  const settledId = useSettled(id, SETTLE_MS)
  const isMissing = node !== undefined && id === undefined
  const subject: DetailSubject =
    settledId === undefined ? { of: 'traces', id: traceId } : { of: 'observations', id: settledId }
  const isOver = onClose !== undefined
  const open = (name: TabName) =>
    navigate({
      to: '.',
      search: (old) => ({ ...old, tab: name === 'io' && !isOver ? undefined : name }),
      replace: true,
    })
  const move = (by: number) => {
    const next = TABS[(TABS.findIndex(({ name }) => name === tab) + by + TABS.length) % TABS.length]
    if (next) open(next.name).catch(() => {})
  }
  useKeys('Detail', [
    { keys: '.', label: 'Next tab of the detail', run: () => move(1) },
    { keys: ',', label: 'Previous tab of the detail', run: () => move(-1) },
    { keys: 'Enter', label: 'Into the detail', run: focusDetail },
    { keys: 'f', label: 'Find in the input; once more, in the output', run: focusFind },
    { keys: 'e', label: 'Score', run: () => open('scores') },
  ])
  useEscape(onClose)
  return (
    <>
      <div className="flex items-start">
        <DetailHead node={node} isOver={isOver} />
        {isOver ? (
          <Button kind="quiet" isIcon aria-label="Close the detail" className="m-2" onClick={onClose}>
            <X size={16} strokeWidth={1.5} />
          </Button>
        ) : null}
      </div>
      {isMissing ? (
        <p className="p-4 text-text-2">
          Others name{' '}
          <span className="mono break-all">{model.tree.missingIds[node - model.tree.skeleton.ids.length]}</span> as
          their parent, and it has not been received.
        </p>
      ) : (
        <Tabs label="Detail" tabs={TABS} value={tab} onChange={open} className="flex-1">
          <div key={`${subject.id}`} data-detail tabIndex={-1} className="h-full overflow-y-auto outline-offset-[-2px]">
            <Suspense fallback={<SkeletonRows count={8} />}>
              <TabContent tab={tab} subject={subject} />
            </Suspense>
          </div>
        </Tabs>
      )}
    </>
  )
}

function TabContent({ tab, subject }: { readonly tab: TabName; readonly subject: DetailSubject }) {
  switch (tab) {
    case 'io':
      return <PayloadsTab subject={subject} />
    case 'meta':
      return <MetaTab subject={subject} />
    case 'scores':
      return <ScoresTab subject={subject} />
    case 'comments':
      return <CommentsTab subject={subject} />
    case 'raw':
      return <RawTab subject={subject} />
  }
}

const focusDetail = () => document.querySelector<HTMLElement>('[data-detail]')?.focus()

/** To the field of the side after the one that has the focus, which is made where there is none yet. */
function focusFind(): void {
  const sides = [...document.querySelectorAll('[data-detail] section[data-side]')]
  const here = sides.findIndex((side) => side.contains(document.activeElement))
  const side = sides[(here + 1) % sides.length]
  const field = side?.querySelector<HTMLElement>('input[type="search"]')
  if (field) field.focus()
  else side?.querySelector<HTMLElement>('[data-find]')?.click()
}

/** Esc closes the detail where it lies over the tree. */
function useEscape(onClose: (() => void) | undefined): void {
  useEffect(() => {
    if (!onClose) return undefined
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose()
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [onClose])
}
