import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { UiProjectSettingsDto } from '@xtrace/contract'
import { useState } from 'react'
import { sessionQuery } from '#api/session.ts'
import { projectSettingsQuery, updateProject } from '#api/settings.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { formatBytes, formatCount } from '#lib/format/figures.ts'
import { useProject } from '#project/use-project.ts'
import { ImageHosts } from './image-hosts.tsx'
import { NewProjectButton } from './new-project-button.tsx'
import { Facts, Section } from './section.tsx'

/** What the project is called, and how long it keeps things. */
export function GeneralPage() {
  const { project, session } = useProject()
  const settings = useQuery(projectSettingsQuery(project.id))
  // What follows would move once the form is there.
  if (settings.isPending) return <SkeletonRows count={8} height={44} />
  return (
    <>
      <Section title="Project" actions={<NewProjectButton />}>
        {settings.error ? <ErrorState error={settings.error} doing="read the settings" /> : null}
        {settings.data ? <ProjectForm key={settings.dataUpdatedAt} settings={settings.data} /> : null}
      </Section>
      <Section title="Pictures from elsewhere">
        <ImageHosts />
      </Section>
      <Section title="About">
        <Facts
          facts={[
            [
              'Project id',
              <span key="id" className="mono flex items-center gap-1">
                {project.id}
                <CopyButton text={project.id} label="Copy project id" />
              </span>,
            ],
            ['Organization', project.organization.name],
            ['Your role', project.role.toLowerCase()],
            ['xtrace', session.version],
          ]}
        />
      </Section>
    </>
  )
}

function ProjectForm({ settings }: { readonly settings: UiProjectSettingsDto }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const router = useRouter()
  const [name, setName] = useState(settings.name)
  const [days, setDays] = useState(String(settings.retentionDays ?? ''))
  const canChange = project.role === 'OWNER' || project.role === 'ADMIN'
  const saving = useMutation({
    mutationFn: () => updateProject(project.id, { name, retentionDays: Number(days) }),
    onSuccess: async () => {
      showToast({ text: 'Saved' })
      await queryClient.invalidateQueries(projectSettingsQuery(project.id))
      await queryClient.refetchQueries(sessionQuery)
      await router.invalidate()
    },
  })
  return (
    <form
      className="flex max-w-90 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Field label="Name">
        <Input
          required
          minLength={3}
          maxLength={60}
          disabled={!canChange}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Keep for days" hint={`3 or more. Empty: ${serverRule(settings)}.`} fault={saving.error?.message}>
        <Input
          type="number"
          min={0}
          disabled={!canChange}
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
      </Field>
      <WhatGoes settings={settings} />
      {canChange ? (
        <Button type="submit" kind="primary" className="self-start" disabled={saving.isPending}>
          Save
        </Button>
      ) : null}
    </form>
  )
}

const serverRule = ({ server: { retentionDays } }: UiProjectSettingsDto): string =>
  retentionDays === null ? 'kept for ever' : `the server's rule holds, ${formatCount(retentionDays)} days`

/** What is removed, and when. */
function WhatGoes({ settings: { server } }: { readonly settings: UiProjectSettingsDto }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 text-12 text-text-2">
      <li>
        Once an hour, traces, observations, scores, points of metrics and media of days longer ago than that are
        removed, for good. Days are those of UTC.
      </li>
      <li>Prompts, datasets and what their items refer to, comments and daily figures of use and cost stay.</li>
      <li>
        {server.maxBytes === null
          ? 'There is no bound of size; XTRACE_PROJECT_MAX_BYTES sets one for every project.'
          : `A project may take about ${formatBytes(server.maxBytes)} on disk: past it the oldest inputs and outputs go, then the oldest records; today's never.`}
      </li>
    </ul>
  )
}
