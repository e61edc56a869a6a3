import { type ReactNode, Suspense } from 'react'
import type { usePeek } from './use-peek.ts'

export interface PeekProps<Row> {
  readonly id: string
  /** Undefined for one that the list does not hold. */
  readonly row: Row | undefined
  onClose(): void
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

interface ExplorerPeekProps<Row extends { readonly id: string }> {
  readonly peek: ReturnType<typeof usePeek<Row>>
  renderPeek(props: PeekProps<Row>): ReactNode
}

/** The row that is peeked at, if any. */
export function ExplorerPeek<Row extends { readonly id: string }>({ peek, renderPeek }: ExplorerPeekProps<Row>) {
  const { id, row, onUp, onDown, close } = peek
  if (id === undefined) return null
  return <Suspense fallback={null}>{renderPeek({ id, row, onUp, onDown, onClose: () => void close() })}</Suspense>
}
