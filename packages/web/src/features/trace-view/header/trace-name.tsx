import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { TypedInPlace } from './typed-in-place.tsx'
import { useTraceEdit } from './use-trace-edit.ts'

const MOST_CHARS = 1000

/** The name, which leads to the trace as a whole, and the way to change it. */
export function TraceName() {
  const { view } = useTraceContext()
  const { name } = useModel().dto.trace
  const { canEdit, rename } = useTraceEdit()
  const [isEditing, setEditing] = useState(false)
  if (isEditing)
    return (
      <TypedInPlace
        label="Name of the trace"
        initial={name ?? ''}
        maxLength={MOST_CHARS}
        className="w-72!"
        onCancel={() => setEditing(false)}
        onDone={(typed) => {
          setEditing(false)
          if (typed !== '') void rename(typed)
        }}
      />
    )
  return (
    <span className="group/name flex min-w-0 items-center">
      <button
        type="button"
        className="truncate rounded-4 font-semibold text-16 hover:underline"
        onClick={() => view.go(undefined)}
      >
        {name ?? 'Trace without a name'}
      </button>
      {canEdit ? (
        <Button
          kind="quiet"
          isIcon
          aria-label="Rename"
          title="Rename"
          className="h-6! opacity-0 focus-visible:opacity-100 group-hover/name:opacity-100 pointer-coarse:opacity-100"
          onClick={() => setEditing(true)}
        >
          <Pencil size={14} strokeWidth={1.5} />
        </Button>
      ) : null}
    </span>
  )
}
