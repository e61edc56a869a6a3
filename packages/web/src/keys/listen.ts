import { preferences } from '#preferences/preferences.ts'
import { keyRegistry, spellStroke } from './registry.ts'

const TYPING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]'
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const PRESSABLE = 'button, a[href], [role="button"], [role="checkbox"], [role="tab"], [role="switch"], summary'

/**
 * Hands what is pressed to the registry. A text field and a floating layer keep their keys to themselves but for
 * those with ⌘ or Ctrl; a focused control keeps Enter and Space; single keys can be switched off altogether.
 */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
    if (isKept(event)) return
    const binding = keyRegistry.press(event, event.timeStamp)
    if (!binding) return
    event.preventDefault()
    binding.run(event)
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

const isModifier = (key: string) => key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Alt'

function isKept(event: KeyboardEvent): boolean {
  const text = spellStroke(event)
  if (text.startsWith('mod+')) return false
  if (text.startsWith('alt+')) return true
  const target = event.target instanceof Element ? event.target : undefined
  if (target?.closest(`${TYPING}, ${LAYERS}`)) return true
  if ((text === 'Enter' || text === 'Space') && target?.closest(PRESSABLE)) return true
  return event.key.length === 1 && !preferences.get().hasSingleKeys
}
