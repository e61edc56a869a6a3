import { clsx } from 'clsx'
import { ChevronsRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { tipOf } from '#lib/trace/tip.ts'
import { useStore } from '#store/use-store.ts'

/**
 * Follows the newest leaf of a trace that grows, from the beginning on if nothing else was asked for, until the viewer
 * goes elsewhere; then it is there to take that up again.
 */
export function FollowButton() {
  const { view } = useTraceContext()
  const model = useModel()
  const isFollowing = useStore(view.following)
  const count = model.tree.skeleton.ids.length
  const [countBefore] = useState(count)
  const isGrowing = model.isRunning || count > countBefore
  useEffect(() => {
    if (!isFollowing || !isGrowing) return
    const tip = tipOf(model.tree)
    if (tip !== undefined) view.follow(tip)
  }, [view, model, isFollowing, isGrowing])
  if (!isGrowing) return null
  return (
    <Tooltip text="Stay at what began last">
      <Button
        kind="quiet"
        aria-pressed={isFollowing}
        className={clsx('text-12!', isFollowing && 'bg-selected! text-accent!')}
        onClick={() => view.following.set(!isFollowing)}
      >
        <ChevronsRight size={14} strokeWidth={1.5} /> {isFollowing ? 'Following' : 'Follow'}
      </Button>
    </Tooltip>
  )
}
