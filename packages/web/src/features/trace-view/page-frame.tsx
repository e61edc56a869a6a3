import { LostNode } from './header/lost-node.tsx'
import { Toolbar } from './header/toolbar.tsx'
import { TraceHeader } from './header/trace-header.tsx'
import type { Found } from './model/use-find.ts'
import { TraceBody } from './trace-body.tsx'

/** A trace on a page of its own. */
export function PageFrame({ found }: { readonly found: Found }) {
  return (
    <>
      <TraceHeader />
      <Toolbar found={found} />
      <LostNode />
      <TraceBody found={found} />
    </>
  )
}
