/**
 * Which key does what, by scope: the page under all, then the table or trace on it, the last added first. A binding
 * is one stroke (`mod+k`, `shift+d`, `?`, `ArrowDown`) or two after each other (`g t`); `mod` is ⌘ or Ctrl.
 */
export interface KeyBinding {
  readonly keys: string
  /** For the sheet of all keys; what runs under the same label is shown as one line. */
  readonly label: string
  run(event: KeyboardEvent): void
}

export interface KeyScope {
  readonly name: string
  readonly bindings: readonly KeyBinding[]
  /** Of a part of the page: its keys are heard while the focus is in it, and then before those of the page. */
  readonly hasFocus?: (() => boolean) | undefined
}

/** What of a key press matters here; a `KeyboardEvent` is one. */
export interface Stroke {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const LETTER = /^\p{L}$/u

/** `Shift` counts with letters and named keys; in other characters it is already part of what was typed. */
export function spellStroke(stroke: Stroke): string {
  const { key } = stroke
  const isCharacter = key.length === 1
  const counts = stroke.shiftKey && (!isCharacter || LETTER.test(key))
  const name = key === ' ' ? 'Space' : isCharacter ? key.toLowerCase() : key
  return `${stroke.ctrlKey || stroke.metaKey ? 'mod+' : ''}${stroke.altKey ? 'alt+' : ''}${counts ? 'shift+' : ''}${name}`
}

export interface KeyRegistry {
  /** Puts a scope on top; gives the function that takes it away. */
  add(scope: KeyScope): () => void
  /** The binding that the stroke completes, given those before it that led nowhere yet. */
  press(stroke: Stroke, atMs: number): KeyBinding | undefined
  /** The lowest first; the same list until it changes. */
  scopes(): readonly KeyScope[]
  subscribe(listener: () => void): () => void
}

/** Within which the second stroke of two must follow. */
const SEQUENCE_MS = 1000

export function createKeyRegistry(): KeyRegistry {
  let scopes: readonly KeyScope[] = []
  let pending: { readonly text: string; readonly atMs: number } | undefined
  const listeners = new Set<() => void>()
  const change = (next: readonly KeyScope[]) => {
    scopes = next
    for (const listener of listeners) listener()
  }
  const topFirst = () => {
    const reversed = [...scopes].reverse()
    const ofPart = reversed.filter(({ hasFocus }) => hasFocus?.())
    return [...ofPart, ...reversed.filter(({ hasFocus }) => !hasFocus)].flatMap(({ bindings }) => bindings)
  }
  return {
    add: (scope) => {
      change([...scopes, scope])
      return () => change(scopes.filter((one) => one !== scope))
    },
    press: (stroke, atMs) => {
      const text = spellStroke(stroke)
      const isNext = pending !== undefined && atMs - pending.atMs <= SEQUENCE_MS
      const sequence = isNext && pending ? `${pending.text} ${text}` : undefined
      const bindings = topFirst()
      const found = bindings.find(({ keys }) => keys === sequence) ?? bindings.find(({ keys }) => keys === text)
      const opens = !found && bindings.some(({ keys }) => keys.startsWith(`${text} `))
      pending = opens ? { text, atMs } : undefined
      return found
    },
    scopes: () => scopes,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The one of this page. */
export const keyRegistry = createKeyRegistry()
