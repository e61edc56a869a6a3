import { Wrench } from 'lucide-react'
import { FINDABLE } from '#components/find/find-ranges.ts'
import { FoldedPart } from '#components/find/folded-part.tsx'
import type { ToolDefinition } from '#lib/chat/chat.ts'
import { InlineJson } from './inline-json.tsx'

/** The tools that the model may call, folded to their names. */
export function ToolDefinitions({ tools }: { readonly tools: readonly ToolDefinition[] }) {
  if (tools.length === 0) return null
  return (
    <FoldedPart
      value={tools.map(({ name, description, parameters }) => [name, description, parameters])}
      className="px-3 py-2"
      summaryClass="flex pointer-coarse:min-h-6 min-w-0 items-center gap-1.5 text-12 text-text-2"
      summary={
        <>
          <Wrench size={14} strokeWidth={1.5} className="shrink-0 text-text-3" aria-hidden />
          <span className="shrink-0 font-medium">{tools.length === 1 ? '1 tool' : `${tools.length} tools`}</span>
          <span className="truncate text-text-3">{tools.map(({ name }) => name).join(', ')}</span>
        </>
      }
    >
      <dl className="mt-2 flex flex-col gap-2 pl-5">
        {tools.map(({ name, description, parameters, path }) => (
          <div key={path.join('.')}>
            <dt {...FINDABLE} className="font-medium text-12">
              {name}
            </dt>
            <dd className="text-12 text-text-2">
              <span {...FINDABLE}>{description}</span>
              <InlineJson value={parameters} />
            </dd>
          </div>
        ))}
      </dl>
    </FoldedPart>
  )
}
