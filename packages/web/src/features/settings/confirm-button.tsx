import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'

interface ConfirmButtonProps {
  /** The verb on both buttons: `Revoke`. */
  readonly verb: string
  /** On the button of the page, where the verb alone says too little. */
  readonly label?: string
  readonly title: string
  readonly text: ReactNode
  /** The dialog closes once it is done. */
  act(): Promise<unknown>
}

/** Something that takes away: asked once, with its name. */
export function ConfirmButton({ verb, label = verb, title, text, act }: ConfirmButtonProps) {
  const [isOpen, setOpen] = useState(false)
  const action = useMutation({ mutationFn: act, onSuccess: () => setOpen(false) })
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} title={title} description={text}>
        {action.error ? (
          <p role="alert" className="text-error">
            {action.error.message}
          </p>
        ) : null}
        <DialogActions>
          <Button isLarge onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button isLarge kind="danger" disabled={action.isPending} onClick={() => action.mutate()}>
            {verb}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
