import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { confirmationOf, isConfirmed } from './confirmation.ts'
import { type Counted, countText } from './count-text.ts'

interface DeleteDialogProps {
  readonly counted: Counted
  onDelete(): void
  onClose(): void
}

/** Asks once; what is deleted can be undone for ten seconds more. */
export function DeleteDialog({ counted, onDelete, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState('')
  const wanted = confirmationOf(counted)
  const isSure = isConfirmed(wanted, typed)
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${countText(counted, 'traces')}?`}
      description={`${counted.isEstimated ? 'How many they are is estimated: all that match are deleted. ' : ''}Their observations and scores go with them. You have 10 seconds to undo it.`}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure) onDelete()
        }}
      >
        {wanted === undefined ? null : (
          <Field label={`Type ${wanted} to go on`}>
            <Input
              inputMode={counted.isEstimated ? 'text' : 'numeric'}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        )}
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
