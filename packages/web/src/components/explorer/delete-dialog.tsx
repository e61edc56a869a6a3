import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { rowsText } from './use-bulk.ts'

/** Above so many the number is typed. */
const MANY = 1000

interface DeleteDialogProps {
  readonly count: number
  onDelete(): void
  onClose(): void
}

/** Asks once; what is deleted can be undone for ten seconds more. */
export function DeleteDialog({ count, onDelete, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState('')
  const isSure = count <= MANY || typed.replace(/\D/g, '') === String(count)
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${rowsText(count)}?`}
      description="Their observations and scores go with them. You have 10 seconds to undo it."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure) onDelete()
        }}
      >
        {count > MANY ? (
          <Field label={`Type ${count} to go on`}>
            <Input inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        ) : null}
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Keep
          </Button>
          <Button isLarge kind="danger" type="submit" disabled={!isSure}>
            Delete
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
