import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PayloadsDto } from '@xtrace/contract'
import { useId, useState } from 'react'
import { addDatasetItem, createDataset, datasetNamesQuery } from '#api/datasets.ts'
import { payloadText } from '#api/payloads.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input, TextArea } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { senderParts } from '#features/trace-view/detail/sender-parts.ts'
import type { DetailSubject } from '#features/trace-view/detail/subject.ts'
import { useSubject } from '#features/trace-view/detail/use-subject.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { isBlank, parseStructure, printPayload } from '#lib/chat/payload.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { formatId } from '#lib/format/id.ts'
import { itemText } from './dataset-item.ts'

interface DatasetDialogProps {
  readonly subject: DetailSubject
  onClose(): void
}

/** What was recorded as an item of a dataset: looked over, corrected, and kept with where it comes from. */
export function DatasetDialog({ subject, onClose }: DatasetDialogProps) {
  const { payloads, error, retry } = useSubject(subject)
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title="Add to a dataset"
      description={`The item remembers this ${subject.of === 'traces' ? 'trace' : 'observation'} as its source.`}
    >
      {error ? <ErrorState error={error} doing="read the payloads" onRetry={retry} /> : null}
      {payloads ? <ItemForm subject={subject} payloads={payloads} onClose={onClose} /> : null}
      {payloads || error ? null : <SkeletonRows count={6} />}
    </Dialog>
  )
}

/** What may be changed in the dialog; what is larger goes as it was recorded. */
const MOST_CHARS = 100_000

/** The fields of an item, and which payloads they begin as. */
const FIELDS = [
  { name: 'input', label: 'Input', of: 'input' },
  { name: 'expectedOutput', label: 'Expected output', of: 'output' },
  { name: 'metadata', label: 'Metadata', of: 'metadata' },
] as const

function ItemForm({ subject, payloads, onClose }: DatasetDialogProps & { readonly payloads: PayloadsDto }) {
  const { project } = useTraceContext()
  const [datasetName, setDatasetName] = useState('')
  const [fields, setFields] = useState({
    input: readable(payloads.input.text),
    expectedOutput: readable(payloads.output.text),
    metadata: ownMetadata(payloads.metadata.text),
  })
  const names = useQuery(datasetNamesQuery(project))
  const saving = useSaving({ subject, payloads, onClose })
  const isNew = names.data !== undefined && datasetName.trim() !== '' && !names.data.includes(datasetName.trim())
  const listId = useId()
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ datasetName: datasetName.trim(), isNew, ...fields })
      }}
    >
      <Field
        label="Dataset"
        hint={isNew ? 'There is none of this name: it is made.' : 'One that exists, or the name of a new one.'}
        fault={saving.error?.message}
      >
        <Input
          required
          maxLength={500}
          list={listId}
          autoComplete="off"
          value={datasetName}
          onChange={(event) => setDatasetName(event.target.value)}
        />
      </Field>
      <datalist id={listId}>
        {names.data?.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {FIELDS.map(({ name, label, of }) =>
        payloads[of].totalChars > MOST_CHARS ? (
          <p key={name} className="text-12 text-text-2">
            {label}: all {formatBytes(payloads[of].totalBytes)} of it, as it was recorded
          </p>
        ) : (
          <Field key={name} label={label}>
            <TextArea
              rows={name === 'metadata' ? 3 : 6}
              className="mono"
              spellCheck={false}
              value={fields[name]}
              onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
            />
          </Field>
        ),
      )}
      <DialogActions>
        <Button isLarge onClick={onClose}>
          Cancel
        </Button>
        <Button isLarge kind="primary" type="submit" disabled={saving.isPending || names.data === undefined}>
          Add
        </Button>
      </DialogActions>
    </form>
  )
}

/** Laid out when it is a structure and short enough to be changed. */
function readable(text: string): string {
  if (text.length > MOST_CHARS) return ''
  const value = parseStructure(text)
  return typeof value === 'object' ? printPayload(value) : text
}

/** Who sent the observation is said by its source. */
function ownMetadata(text: string): string {
  const { own, scope } = senderParts(parseStructure(text))
  if (isBlank(own)) return ''
  return scope === undefined ? readable(text) : readable(printPayload(own))
}

interface Draft {
  readonly datasetName: string
  readonly isNew: boolean
  readonly input: string
  readonly expectedOutput: string
  readonly metadata: string
}

/** Reads what is too large for the dialog, makes the dataset if need be, adds the item. */
function useSaving({ subject, payloads, onClose }: DatasetDialogProps & { readonly payloads: PayloadsDto }) {
  const { project, traceId } = useTraceContext()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ isNew, ...draft }: Draft) => {
      const recorded = async (field: (typeof FIELDS)[number]['of'], text: string) =>
        payloads[field].totalChars > MOST_CHARS
          ? await payloadText({ project, ...subject, field, totalChars: payloads[field].totalChars })
          : text
      const item = {
        datasetName: draft.datasetName,
        input: await recorded('input', draft.input),
        expectedOutput: await recorded('output', draft.expectedOutput),
        metadata: await recorded('metadata', draft.metadata),
      }
      if (isNew) await createDataset(project, draft.datasetName)
      const observationId = subject.of === 'observations' ? subject.id : undefined
      return await addDatasetItem(project, itemText(item, { traceId, observationId }))
    },
    onSuccess: async (id, { datasetName }) => {
      onClose()
      const action = { label: 'Copy id', run: () => copyText(id) }
      showToast({ text: `Added to ${datasetName} as ${formatId(id)}`, action, durationMs: 10_000 })
      await client.invalidateQueries({ queryKey: ['datasets', project] })
    },
  })
}
