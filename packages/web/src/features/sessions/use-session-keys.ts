import { useNavigate } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { useKeys } from '#keys/use-keys.ts'
import { useProject } from '#project/use-project.ts'
import type { SessionView } from './session-page.tsx'
import { neighbourOf } from './turns.ts'
import { searchOfTurn } from './use-session.ts'

interface SessionKeysOptions {
  /** The trace that is looked at. */
  readonly chosen: string | undefined
  readonly view: SessionView
  setView(view: SessionView): void
}

/** From turn to turn, into its trace, and from one view to the other. */
export function useSessionKeys(rows: readonly TraceListRowDto[], { chosen, view, setView }: SessionKeysOptions): void {
  const navigate = useNavigate()
  const { project } = useProject()
  const choose = (step: 1 | -1) => () => {
    const trace = neighbourOf(rows, chosen, step)
    if (trace === undefined) return
    void navigate({ to: '.', search: (earlier) => ({ ...earlier, trace }), replace: true, resetScroll: false })
  }
  const open = () => {
    const row = rows.find(({ id }) => id === chosen)
    if (!row) return
    const params = { project: project.id, trace: row.id }
    void navigate({ to: '/p/$project/traces/$trace', params, search: searchOfTurn(row) })
  }
  useKeys('Session', [
    { keys: 'j', label: 'Next turn', run: choose(1) },
    { keys: 'ArrowDown', label: 'Next turn', run: choose(1) },
    { keys: 'k', label: 'Previous turn', run: choose(-1) },
    { keys: 'ArrowUp', label: 'Previous turn', run: choose(-1) },
    { keys: 'Enter', label: 'Open the trace', run: open },
    { keys: 'v', label: 'Conversation or timeline', run: () => setView(view === 'chat' ? 'timeline' : 'chat') },
  ])
}
