import { type ReactNode, useId } from 'react'
import { useAnnounced } from '#components/ui/announcer.tsx'

/** A line over the rows on how they were read, and what can be done about it. */
export function Note({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  useAnnounced(useId(), text)
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 border-b bg-sunken px-3 text-12 text-text-2">
      <span className="truncate" title={text}>
        {text}
      </span>
      {children}
    </div>
  )
}
