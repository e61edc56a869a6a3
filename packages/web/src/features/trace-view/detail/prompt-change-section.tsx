import { lazy, Suspense, useState } from 'react'
import { previousGeneration } from '#features/trace-view/model/previous-generation.ts'
import { idOf, titleOf } from '#features/trace-view/model/trace-model.ts'
import { useModel } from '#features/trace-view/model/use-trace-view.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { at } from '#lib/trace/column.ts'
import type { Prompt } from './prompt-diff.tsx'

const PromptDiff = lazy(async () => ({ default: (await import('./prompt-diff.tsx')).PromptDiff }))

interface PromptChangeProps {
  readonly node: number
  readonly prompt: Prompt
}

/** What the prompt holds that the call of the same agent before it did not; compared when it is opened. */
export function PromptChange({ node, prompt }: PromptChangeProps) {
  const model = useModel()
  const [isOpen, setOpen] = useState(false)
  const before = previousGeneration(model.tree, node)
  const beforeId = before === undefined ? undefined : idOf(model, before)
  if (before === undefined || beforeId === undefined) return null
  const agoMs = at(model.tree.start, node) - at(model.tree.start, before)
  return (
    <details className="border-b" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="px-3 py-2 text-12 text-text-2 hover:bg-hover">
        What changed since <span className="font-medium">{titleOf(model, before)}</span>, {formatDuration(agoMs)} before
      </summary>
      {isOpen ? (
        <Suspense fallback={<p className="px-3 pb-3 text-12 text-text-3">comparing</p>}>
          <PromptDiff node={node} beforeId={beforeId} prompt={prompt} />
        </Suspense>
      ) : null}
    </details>
  )
}
