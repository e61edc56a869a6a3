import { Link } from '@tanstack/react-router'
import { doorTo } from '#features/trace-view/model/row-doors.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'

export const CHIP =
  'inline-flex h-6 max-w-48 items-center gap-1 truncate rounded-4 bg-sunken px-1.5 text-11 text-text-2'

interface DoorProps {
  readonly field: 'env' | 'version' | 'release' | 'tags'
  readonly value: string
  readonly text?: string
}

/** A fact of the trace that leads to all traces which have it in common. */
export function Door({ field, value, text = value }: DoorProps) {
  const { project } = useTraceContext()
  const { time } = useModel().dto.trace
  return (
    <Link
      to="/p/$project/traces"
      params={{ project }}
      search={doorTo({ field, value, atMs: time })}
      title={`Traces with ${text}`}
      className={`${CHIP} hover:text-accent`}
    >
      {text}
    </Link>
  )
}
