import { useSyncExternalStore } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { showKeys } from '#keys/key-names.ts'
import { type KeyBinding, type KeyScope, keyRegistry } from '#keys/registry.ts'
import { byLabel } from './actions.ts'

/** Every key that does something here and now. */
export function KeysSheet({ onClose }: { onClose(): void }) {
  const scopes = useSyncExternalStore(keyRegistry.subscribe, keyRegistry.scopes)
  return (
    <Dialog isOpen onOpenChange={onClose} title="Keys" isWide>
      <div className="grid gap-6 sm:grid-cols-2">
        {byName(scopes).map(([name, bindings]) => (
          <section key={name} aria-label={name}>
            <h3 className="label pb-1">{name}</h3>
            <dl>
              {byLabel(bindings).map(({ label, keys }) => (
                <div key={label} className="flex h-7 items-center justify-between gap-4 border-b">
                  <dt className="truncate">{label}</dt>
                  <dd className="flex gap-1">
                    {keys.map((one) => (
                      <Kbd key={one}>{showKeys(one)}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** Parts of a page may add keys under one name. */
function byName(scopes: readonly KeyScope[]): [string, KeyBinding[]][] {
  const bindings = new Map<string, KeyBinding[]>()
  for (const scope of scopes) bindings.set(scope.name, [...(bindings.get(scope.name) ?? []), ...scope.bindings])
  return [...bindings]
}
