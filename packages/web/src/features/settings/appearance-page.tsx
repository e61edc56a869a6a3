import type { ReactNode } from 'react'
import { Select } from '#components/ui/select.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { type Preferences, setPreferences } from '#preferences/preferences.ts'
import { usePreferences } from '#preferences/use-preferences.ts'
import { Section } from './section.tsx'

const THEMES: readonly { value: Preferences['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const DENSITIES: readonly { value: Preferences['density']; label: string }[] = [
  { value: 'compact', label: 'Compact, 28 px' },
  { value: 'cosy', label: 'Cosy, 36 px' },
]

/** How this browser shows things; nobody else's changes. */
export function AppearancePage() {
  const { theme, density, zone, hasSingleKeys } = usePreferences()
  return (
    <Section title="Appearance" text="Kept in this browser, for all projects.">
      <div className="border-t">
        <Line name="Theme">
          <Select
            label="Theme"
            className="w-48"
            value={theme}
            options={THEMES}
            onChange={(value) => setPreferences({ theme: value })}
          />
        </Line>
        <Line name="Rows of tables">
          <Select
            label="Rows of tables"
            className="w-48"
            value={density}
            options={DENSITIES}
            onChange={(value) => setPreferences({ density: value })}
          />
        </Line>
        <Line name="Time zone">
          <Select
            label="Time zone"
            className="w-48"
            value={zone}
            options={zones()}
            onChange={(value) => setPreferences({ zone: value })}
          />
        </Line>
        <Line name="Keys without ⌘ or Ctrl">
          <Switch
            label="Keys without ⌘ or Ctrl"
            isOn={hasSingleKeys}
            onChange={(isOn) => setPreferences({ hasSingleKeys: isOn })}
          />
        </Line>
      </div>
    </Section>
  )
}

function zones(): { value: string; label: string }[] {
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone
  const named = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))
  return [{ value: 'local', label: `This computer's (${local})` }, { value: 'utc', label: 'UTC' }, ...named]
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-10 items-center justify-between gap-4 border-b">
      <span>{name}</span>
      {children}
    </div>
  )
}
