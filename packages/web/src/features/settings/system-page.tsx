import { Section } from './section.tsx'

export function SystemPage() {
  return (
    <Section title="System">
      <p>System</p>
    </Section>
  )
}
