import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Announcer } from '#components/ui/announcer.tsx'
import { Toaster } from '#components/ui/toast.tsx'
import { listenForKeys } from '#keys/listen.ts'
import { useStore } from '#store/use-store.ts'
import { BehindBar } from './behind-bar.tsx'
import { keysSheetOpen, paletteOpen } from './layers.ts'
import { OfflineBar } from './offline-bar.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { useGlobalKeys } from './use-global-keys.ts'
import { useKeepRecents } from './use-recents.ts'

const KeysSheet = lazy(async () => ({ default: (await import('./keys-sheet.tsx')).KeysSheet }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** What is around every page of a project. */
export function Shell() {
  useEffect(listenForKeys, [])
  useGlobalKeys()
  useKeepRecents()
  const hasPalette = useStore(paletteOpen)
  const hasKeysSheet = useStore(keysSheetOpen)
  return (
    <div className="flex h-full max-md:flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">
        Skip to the page
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
        <TopBar />
        <OfflineBar />
        <BehindBar />
        <Outlet />
      </div>
      <Suspense>
        {hasPalette ? <Palette /> : null}
        {hasKeysSheet ? <KeysSheet onClose={() => keysSheetOpen.set(false)} /> : null}
      </Suspense>
      <Announcer />
      <Toaster />
    </div>
  )
}
