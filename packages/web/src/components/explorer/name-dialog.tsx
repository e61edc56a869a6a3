import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'

interface NameDialogProps {
  onName(name: string): void
  onClose(): void
}

/** Under which name a view is saved. */
export function NameDialog({ onName, onClose }: NameDialogProps) {
  const [name, setName] = useState('')
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Save this view"
      description="Filter, order, columns and time range, for all of the project."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') onName(name.trim())
        }}
      >
        <Field label="Name">
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Cancel
          </Button>
          <Button isLarge kind="primary" type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
