import { Section } from './section.tsx'

export function KeysPage() {
  return (
    <Section title="API keys">
      <p>API keys</p>
    </Section>
  )
}
