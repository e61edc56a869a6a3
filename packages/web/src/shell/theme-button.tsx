import { Moon, Sun } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { showKeys } from '#keys/key-names.ts'
import { isDark, toggleTheme } from '#preferences/theme.ts'
import { usePreferences } from '#preferences/use-preferences.ts'

export function ThemeButton() {
  usePreferences()
  const dark = isDark()
  const Icon = dark ? Sun : Moon
  const label = dark ? 'Light theme' : 'Dark theme'
  return (
    <Tooltip text={label} keys={showKeys('shift+d')} side="right">
      <Button kind="quiet" isIcon aria-label={label} onClick={toggleTheme}>
        <Icon size={16} strokeWidth={1.5} />
      </Button>
    </Tooltip>
  )
}
