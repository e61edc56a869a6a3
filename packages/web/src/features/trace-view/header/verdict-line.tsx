import { Fragment } from 'react'
import { walkTo } from '#features/trace-view/model/use-find.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'

/** One sentence on where time and money went; its phrases lead to their nodes, one after another. */
export function VerdictLine() {
  const { view } = useTraceContext()
  const { model } = useShown()
  if (model.verdict.length === 0) return null
  return (
    <p className="text-13 text-text-2">
      {model.verdict.map(({ text, nodes }, index) => (
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
