import { useQueryClient } from '@tanstack/react-query'
import {
  Braces,
  Copy,
  DatabaseZap,
  Download,
  Fingerprint,
  GitCompareArrows,
  Link2,
  MessagesSquare,
  Terminal,
} from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { traceDownload } from '#api/raw.ts'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem, MenuLine } from '#components/ui/menu.tsx'
import { showToast } from '#components/ui/toast.tsx'
import type { DetailSubject } from '#features/trace-view/detail/subject.ts'
import { nodeLink } from '#features/trace-view/model/links.ts'
import { recordQuery } from '#features/trace-view/model/node-query.ts'
import { useCompareMark } from '#features/trace-view/model/use-compare-mark.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { curlOf } from './curl.ts'
import { download } from './download.ts'

const DatasetDialog = lazy(async () => ({ default: (await import('./dataset-dialog.tsx')).DatasetDialog }))

const say = (error: unknown) =>
  showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })

/** Ways to take away what is selected: copied in one form or another, as a file, into a dataset. */
export function RowActions({ subject }: { readonly subject: DetailSubject }) {
  const context = useTraceContext()
  const { project, traceId } = context
  const mark = useCompareMark(context)
  const [isAdding, setAdding] = useState(false)
  const copy = useCopies(subject)
  useKeys('Detail', [
    { keys: 'y', label: 'Copy link to the row', run: copy.link },
    { keys: 'shift+y', label: 'Copy the row as JSON', run: copy.json },
    { keys: 'd', label: 'Add to a dataset', run: () => setAdding(true) },
  ])
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button kind="quiet" isIcon aria-label="Copy, download, add to a dataset" className="h-6!">
            <Copy size={14} strokeWidth={1.5} />
          </Button>
        }
      >
        <MenuItem icon={Link2} keys="y" onSelect={copy.link}>
          Copy link
        </MenuItem>
        <MenuItem icon={Fingerprint} onSelect={copy.id}>
          Copy id
        </MenuItem>
        <MenuItem icon={Braces} keys="shift+y" onSelect={copy.json}>
          Copy as JSON
        </MenuItem>
        <MenuItem icon={MessagesSquare} onSelect={copy.markdown}>
          Copy as Markdown
        </MenuItem>
        <MenuItem icon={Terminal} onSelect={copy.curl}>
          Copy as cURL
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Download} onSelect={() => download(traceDownload(project, traceId, 'json'))}>
          Download trace as JSON
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => download(traceDownload(project, traceId, 'otlp'))}>
          Download trace as OTLP JSON
        </MenuItem>
        <MenuLine />
        <MenuItem icon={GitCompareArrows} keys="m" onSelect={mark}>
          Compare
        </MenuItem>
        <MenuItem icon={DatabaseZap} keys="d" onSelect={() => setAdding(true)}>
          Add to a dataset
        </MenuItem>
      </Menu>
      {isAdding ? (
        <Suspense fallback={null}>
          <DatasetDialog subject={subject} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Each copies one form of the subject, and says so. */
function useCopies(subject: DetailSubject) {
  const { project, traceId } = useTraceContext()
  const model = useModel()
  const client = useQueryClient()
  const copied = (what: string, text: () => string | Promise<string>) => () => {
    const run = async () => {
      if (await copyText(await text())) showToast({ text: `${what} is copied.` })
    }
    run().catch(say)
  }
  return {
    link: copied('The link', () => nodeLink(traceId, subject.of === 'observations' ? subject.id : undefined)),
    id: copied('The id', () => subject.id),
    json: copied('The record as JSON', () => client.ensureQueryData(recordQuery(project, model, subject))),
    markdown: copied('The conversation as Markdown', async () => {
      const { markdownOf } = await import('./trace-markdown.ts')
      return await markdownOf({ client, project, model }, subject)
    }),
    curl: copied('The command', () => curlOf(location.origin, subject.of, subject.id)),
  }
}
