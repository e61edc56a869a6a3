import { Plus } from 'lucide-react'
import { useState } from 'react'
import { tagsTyped } from './tags-typed.ts'
import { TypedInPlace } from './typed-in-place.tsx'
import { useTraceEdit } from './use-trace-edit.ts'

const MOST_CHARS = 2000

/** A chip that becomes a field for tags. */
export function AddTags() {
  const { canEdit, addTags } = useTraceEdit()
  const [isTyping, setTyping] = useState(false)
  if (!canEdit) return null
  if (isTyping)
    return (
      <TypedInPlace
        label="Tags, parted by commas"
        initial=""
        maxLength={MOST_CHARS}
        className="w-44!"
        onCancel={() => setTyping(false)}
        onDone={(text) => {
          setTyping(false)
          void addTags(tagsTyped(text))
        }}
      />
    )
  return (
    <button
      type="button"
      aria-label="Add a tag"
      onClick={() => setTyping(true)}
      className="inline-flex h-6 items-center gap-0.5 rounded-4 px-1 text-11 text-text-3 hover:bg-hover hover:text-text pointer-coarse:h-11"
    >
      <Plus size={12} strokeWidth={1.5} aria-hidden /> tag
    </button>
  )
}
