import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyDto } from '@xtrace/contract'
import { keysQuery, revokeKey } from '#api/settings.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { NewKeyButton } from './new-key-button.tsx'
import { Section } from './section.tsx'
import { Cell, Table } from './table.tsx'

const HEAD = [
  { name: 'Name' },
  { name: 'Public key' },
  { name: 'Secret key' },
  { name: 'Made' },
  { name: 'Last used' },
  { name: 'Actions', isForReaders: true },
]

/** The key pairs with which programs send and read. */
export function KeysPage() {
  const { project } = useProject()
  const keys = useQuery(keysQuery(project.id))
  const canChange = project.role === 'OWNER' || project.role === 'ADMIN'
  return (
    <Section
      title="API keys"
      text="Programs send and read with a pair. A secret key is shown once, when it is made."
      actions={canChange ? <NewKeyButton /> : null}
    >
      {keys.isPending ? <SkeletonRows count={3} height={36} /> : null}
      {keys.error ? <ErrorState error={keys.error} doing="read the keys" onRetry={() => keys.refetch()} /> : null}
      {keys.data ? (
        <Table label="API keys" head={HEAD}>
          {keys.data.apiKeys.map((key) => (
            <KeyRow key={key.id} apiKey={key} canRevoke={canChange} />
          ))}
        </Table>
      ) : null}
      {keys.data?.apiKeys.length === 0 ? (
        <p className="text-text-2">No pair yet: nothing can send to this project.</p>
      ) : null}
    </Section>
  )
}

function KeyRow({ apiKey, canRevoke }: { readonly apiKey: ApiKeyDto; readonly canRevoke: boolean }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const time = useTimeFormat()
  const { id, name, publicKey, displaySecretKey, createdAt, lastUsedAt } = apiKey
  const when = (iso: string | null) => (iso === null ? 'never' : time.when(Date.parse(iso), Date.now()))
  const revoke = async () => {
    await revokeKey(project.id, id)
    await queryClient.invalidateQueries(keysQuery(project.id))
  }
  return (
    <tr className="border-b">
      <Cell>{name ?? '–'}</Cell>
      <Cell>
        <span className="mono flex items-center gap-1">
          <span className="max-w-72 truncate">{publicKey}</span>
          <CopyButton text={publicKey} label="Copy public key" />
        </span>
      </Cell>
      <Cell>
        <span className="mono whitespace-nowrap">{displaySecretKey}</span>
      </Cell>
      <Cell>
        <time dateTime={createdAt}>{when(createdAt)}</time>
      </Cell>
      <Cell>{when(lastUsedAt)}</Cell>
      <Cell isNumeric>
        {canRevoke ? (
          <ConfirmButton
            verb="Revoke"
            title={`Revoke ${name ?? publicKey}`}
            text="Programs that use this pair are refused from now on. A pair that the server's settings name comes back when it starts again."
            act={revoke}
          />
        ) : null}
      </Cell>
    </tr>
  )
}
