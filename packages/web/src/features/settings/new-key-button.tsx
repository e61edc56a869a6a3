import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewApiKeyDto } from '@xtrace/contract'
import { useState } from 'react'
import { createKey, keysQuery } from '#api/settings.ts'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { useProject } from '#project/use-project.ts'

/** Makes a pair and shows its secret this once. */
export function NewKeyButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        New key
      </Button>
      {isOpen ? <NewKeyDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NewKeyDialog({ onClose }: { onClose(): void }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () => createKey(project.id, name),
    onSuccess: () => queryClient.invalidateQueries(keysQuery(project.id)),
  })
  if (making.data) return <MadeKeyDialog apiKey={making.data} onClose={onClose} />
  return (
    <Dialog isOpen onOpenChange={onClose} title="New key">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <Field label="Name" hint="Where it will be used; for your own memory." fault={making.error?.message}>
          <Input className="h-8" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Cancel
          </Button>
          <Button isLarge kind="primary" type="submit" disabled={making.isPending}>
            Make key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function MadeKeyDialog({ apiKey, onClose }: { readonly apiKey: NewApiKeyDto; onClose(): void }) {
  const lines = [
    `export LANGFUSE_BASE_URL=${location.origin}`,
    `export LANGFUSE_PUBLIC_KEY=${apiKey.publicKey}`,
    `export LANGFUSE_SECRET_KEY=${apiKey.secretKey}`,
  ]
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title="Your new key"
      description="The secret key is shown this once. Copy it now."
    >
      <CodeBlock text={lines.join('\n')} label="Copy the lines" />
      <DialogActions>
        <Button isLarge kind="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}
