import { useNavigate } from '@tanstack/react-router'
import { Button } from '#components/ui/button.tsx'
import { formatCount } from '#lib/format/figures.ts'

interface ViewNoteProps {
  /** What the level leaves out, in words; undefined when it leaves out nothing. */
  readonly leftOut: string | undefined
  /** Found observations that the view has no place for. */
  readonly foundOutside: number
}

/** What a view does not show of what there is, with the way to it. */
export function ViewNote({ leftOut, foundOutside }: ViewNoteProps) {
  const navigate = useNavigate()
  return (
    <>
      {leftOut === undefined ? null : (
        <span className="tabular flex items-center gap-1">
          {leftOut}
          <Button
            kind="quiet"
            className="text-12! text-accent!"
            onClick={() => navigate({ to: '.', search: (old) => ({ ...old, min: undefined }), replace: true })}
          >
            Show all levels
          </Button>
        </span>
      )}
      {foundOutside > 0 ? (
        <span className="tabular">
          {formatCount(foundOutside)} of what was found {foundOutside === 1 ? 'is' : 'are'} no step: the detail shows it
        </span>
      ) : null}
    </>
  )
}
