import { Fragment } from 'react'
import { verdictOf } from '#features/trace-view/model/trace-model.ts'
import { walkTo } from '#features/trace-view/model/use-find.ts'
import { useLater } from '#features/trace-view/model/use-later.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'

/** One sentence on where time and money went; its phrases lead to their nodes, one after another. */
export function VerdictLine() {
  const { view } = useTraceContext()
  const model = useModel()
  const verdict = useLater(model, verdictOf)
  // Its room is kept, so that nothing moves when the sentence comes.
  if (!verdict) return <p className="h-5" />
  if (verdict.length === 0) return null
  return (
    <p className="text-13 text-text-2">
      {verdict.map(({ text, nodes }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a phrase is its place in the sentence
        <Fragment key={index}>
          {nodes && nodes.length > 0 ? (
            <button
              type="button"
              className="rounded-2 font-medium text-accent hover:underline"
              onClick={() => walkTo(view, nodes, 1)}
            >
              {text}
            </button>
          ) : (
            text
          )}
        </Fragment>
      ))}
    </p>
  )
}
