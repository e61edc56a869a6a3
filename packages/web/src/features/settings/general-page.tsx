import { useProject } from '#project/use-project.ts'
import { Facts, Section } from './section.tsx'

/** What the project is. */
export function GeneralPage() {
  const { project, session } = useProject()
  return (
    <Section title="General">
      <Facts
        facts={[
          ['Project', project.name],
          ['Id', project.id],
          ['Organization', project.organization.name],
          ['Your role', project.role.toLowerCase()],
          ['xtrace', session.version],
        ]}
      />
    </Section>
  )
}
