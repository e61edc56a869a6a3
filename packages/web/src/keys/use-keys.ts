import { use, useEffect, useRef } from 'react'
import { KeyArea } from './key-area.ts'
import { type KeyBinding, keyRegistry } from './registry.ts'

/**
 * Adds a scope of keys while the component is there (and `isActive`). The bindings may be new at every render; only
 * which keys there are, and their labels, matter for when the scope is made anew.
 */
export function useKeys(name: string, bindings: readonly KeyBinding[], isActive = true): void {
  const area = use(KeyArea)
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  const shape = bindings.map(({ keys, label }) => `${keys}\n${label}`).join('\n')
  useEffect(() => {
    if (!isActive) return undefined
    const lines = shape === '' ? [] : shape.split('\n')
    const stable = lines.flatMap((keys, index) =>
      index % 2 === 0 ? [{ keys, label: lines[index + 1] ?? '', run: runner(keys) }] : [],
    )
    function runner(keys: string) {
      return (event: KeyboardEvent) => latest.current.find((one) => one.keys === keys)?.run(event)
    }
    const hasFocus = area && (() => area.current?.contains(document.activeElement) ?? false)
    return keyRegistry.add({ name, bindings: stable, hasFocus })
  }, [name, shape, isActive, area])
}
