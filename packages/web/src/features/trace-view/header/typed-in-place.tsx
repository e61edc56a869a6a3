import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { Input } from '#components/ui/input.tsx'

interface TypedInPlaceProps {
  readonly label: string
  readonly initial: string
  readonly maxLength: number
  readonly className: string
  /** Called with what was typed on Enter, and when the field is left. */
  onDone(text: string): void
  onCancel(): void
}

/** A field in the place of what it changes: Enter takes it, Esc leaves it as it was. */
export function TypedInPlace({ label, initial, maxLength, className, onDone, onCancel }: TypedInPlaceProps) {
  const [text, setText] = useState(initial)
  // A field that goes loses the focus: that is not another answer.
  const isOver = useRef(false)
  const end = (answer: () => void) => {
    if (isOver.current) return
    isOver.current = true
    answer()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    end(() => onDone(text.trim()))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end(onCancel)
  }
  return (
    <form onSubmit={onSubmit}>
      <Input
        autoFocus
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={maxLength}
        className={className}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => end(() => onDone(text.trim()))}
      />
    </form>
  )
}
