import { Suspense, use } from 'react'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { KeyArea } from '#keys/key-area.ts'
import { ChosenView } from './chosen-view.tsx'
import { DetailPanel } from './detail/lazy-detail.ts'
import { LostNode } from './header/lost-node.tsx'
import { Toolbar } from './header/toolbar.tsx'
import { VerdictLine } from './header/verdict-line.tsx'
import type { Found } from './model/use-find.ts'
import { useShownPart } from './model/use-trace-view.ts'
import { NoObservations } from './no-observations.tsx'

/** A trace beside a list, which says its facts already: the detail stands under the view. */
export function PeekFrame({ found }: { readonly found: Found }) {
  const area = use(KeyArea)
  const isEmpty = useShownPart(({ model }) => model.tree.order.length === 0)
  const hasView = useAfterPaint(true)
  return (
    <>
      <div className="shrink-0 px-3 py-1.5">
        <VerdictLine />
      </div>
      <div className="@container shrink-0 border-t">
        <Toolbar found={found} />
      </div>
      <LostNode />
      <div className={isEmpty ? 'flex' : 'flex min-h-64 flex-[9_1_0]'}>
        {isEmpty ? <NoObservations /> : <ChosenView found={found} likelyPx={area?.current?.clientWidth ?? 0} />}
      </div>
      <section aria-label="Detail" className="flex min-h-72 flex-[11_1_0] flex-col border-t bg-surface">
        <Suspense fallback={null}>{hasView ? <DetailPanel /> : null}</Suspense>
      </section>
    </>
  )
}
