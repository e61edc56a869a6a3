import { Section } from './section.tsx'

export function MembersPage() {
  return (
    <Section title="Members">
      <p>Members</p>
    </Section>
  )
}
