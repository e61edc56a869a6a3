import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { createDataset, datasetNamesQuery } from '#api/datasets.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { type Counted, countText } from './count-text.ts'
import type { ExplorerState } from './use-explorer.ts'

interface DatasetDialogProps {
  readonly project: string
  /** What the items are made from. */
  readonly view: ExplorerState['view']
  readonly counted: Counted
  /** The dataset is there. */
  onAdd(datasetName: string): void
  onClose(): void
}

/** Which dataset gets an item from each row; one that is not there is made. */
export function DatasetDialog({ project, view, counted, onAdd, onClose }: DatasetDialogProps) {
  const [typed, setTyped] = useState('')
  const client = useQueryClient()
  const names = useQuery(datasetNamesQuery(project))
  const name = typed.trim()
  const isNew = names.data !== undefined && name !== '' && !names.data.includes(name)
  const making = useMutation({
    mutationFn: async () => {
      if (!isNew) return
      await createDataset(project, name)
      await client.invalidateQueries({ queryKey: ['datasets', project] })
    },
    onSuccess: () => onAdd(name),
  })
  const listId = useId()
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Add ${countText(counted, view)} to a dataset`}
      description="Each gives an item: its input, its output as what is expected, its metadata, and itself as the source. What is in the dataset already stays as it is."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <Field
          label="Dataset"
          hint={isNew ? 'There is none of this name: it is made.' : 'One that exists, or the name of a new one.'}
          fault={(making.error ?? names.error)?.message}
        >
          <Input
            required
            maxLength={500}
            list={listId}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <datalist id={listId}>
          {names.data?.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Cancel
          </Button>
          <Button isLarge kind="primary" type="submit" disabled={name === '' || !names.data || making.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
