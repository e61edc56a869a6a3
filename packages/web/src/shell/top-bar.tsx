import { Search } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { showKeys } from '#keys/key-names.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { CopyLink } from './copy-link.tsx'
import { EnvironmentPicker } from './environment-picker.tsx'
import { paletteOpen } from './layers.ts'
import { ProjectSwitcher } from './project-switcher.tsx'
import { TimeRangePicker } from './time-range-picker.tsx'
import { useIsAboutTime } from './use-is-about-time.ts'

/** Where one is, over which time and environment, and the palette. */
export function TopBar() {
  const isAboutTime = useIsAboutTime()
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b px-4 max-md:px-2">
      <div className="md:hidden">
        <ProjectSwitcher isCollapsed />
      </div>
      <Breadcrumb />
      <div className="flex-1" />
      {isAboutTime ? (
        <>
          <TimeRangePicker />
          <EnvironmentPicker />
        </>
      ) : null}
      <CopyLink />
      <Button kind="quiet" onClick={() => paletteOpen.set(true)}>
        <Search size={16} strokeWidth={1.5} aria-hidden />
        <span className="sr-only">Search and act</span>
        <span className="max-md:hidden" aria-hidden>
          <Kbd>{showKeys('mod+k')}</Kbd>
        </span>
      </Button>
    </header>
  )
}
