import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UiMemberDto, UiRole } from '@xtrace/contract'
import { changeRole, membersQuery, removeMember } from '#api/settings.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useProject } from '#project/use-project.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { NewMemberButton } from './new-member-button.tsx'
import { ROLES } from './roles.ts'
import { Section } from './section.tsx'
import { Cell, Table } from './table.tsx'

const HEAD = [
  { name: 'Name' },
  { name: 'Address' },
  { name: 'Role' },
  { name: 'In this project' },
  { name: 'Actions', isForReaders: true },
]

/** Who belongs to the organization. */
export function MembersPage() {
  const { project } = useProject()
  const list = useQuery(membersQuery(project.id))
  return (
    <Section
      title="Members"
      text={`Of ${project.organization.name}, with their roles in all of its projects. Viewers read, members also write, administrators also manage keys and people, owners also owners.`}
      actions={list.data?.canChange ? <NewMemberButton /> : null}
    >
      {list.isPending ? <SkeletonRows count={3} height={36} /> : null}
      {list.error ? <ErrorState error={list.error} doing="read the members" onRetry={() => list.refetch()} /> : null}
      {list.data && list.data.members.length > 0 ? (
        <Table label="Members" head={HEAD}>
          {list.data.members.map((member) => (
            <MemberRow key={member.userId} member={member} canChange={list.data.canChange} />
          ))}
        </Table>
      ) : null}
      {list.data?.members.length === 0 ? (
        <p className="text-text-2">Nobody yet: everyone who signs in does so with the token.</p>
      ) : null}
    </Section>
  )
}

function MemberRow({ member, canChange }: { readonly member: UiMemberDto; readonly canChange: boolean }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const { userId, name, email, role, projectRole } = member
  const refresh = () => queryClient.invalidateQueries(membersQuery(project.id))
  const change = useMutation({
    mutationFn: (wanted: UiRole) => changeRole(project.id, userId, wanted),
    onSuccess: refresh,
    onError: (error) => showToast({ text: error.message, tone: 'error' }),
  })
  const remove = async () => {
    await removeMember(project.id, userId)
    await refresh()
  }
  return (
    <tr className="border-b">
      <Cell>{name}</Cell>
      <Cell>{email}</Cell>
      <Cell>
        {canChange && role !== 'NONE' ? (
          <Select
            label={`Role of ${name}`}
            className="w-36"
            value={change.isPending ? change.variables : role}
            options={ROLES}
            onChange={(wanted) => change.mutate(wanted)}
          />
        ) : (
          role.toLowerCase()
        )}
      </Cell>
      <Cell>{projectRole?.toLowerCase() ?? 'the same'}</Cell>
      <Cell isNumeric>
        {canChange ? (
          <ConfirmButton
            verb="Remove"
            title={`Remove ${name}`}
            text={`${email} leaves ${project.organization.name} and all of its projects.`}
            act={remove}
          />
        ) : null}
      </Cell>
    </tr>
  )
}
