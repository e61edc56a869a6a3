import { Plus, X } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import { Door } from './door.tsx'
import { tagsTyped } from './trace-tags.ts'
import { TypedInPlace } from './typed-in-place.tsx'
import { useTraceEdit } from './use-trace-edit.ts'

const MOST_CHARS = 2000

/** The tags, each with the way to take it away, and a chip that becomes a field for more. */
export function TagChips({ tags }: { readonly tags: readonly string[] }) {
  const { canEdit, changeTags } = useTraceEdit()
  const adding = useRef<HTMLButtonElement>(null)
  const remove = (tag: string) => {
    // Its own button goes with it.
    adding.current?.focus()
    void changeTags('untag', [tag])
  }
  return (
    <>
      {tags.map((tag) => (
        <span key={tag} className="inline-flex min-w-0 items-center rounded-4 bg-sunken">
          <Door field="tags" value={tag} text={`#${tag}`} />
          {canEdit ? (
            <button
              type="button"
              aria-label={`Take away the tag ${tag}`}
              title="Take the tag away"
              onClick={() => remove(tag)}
              className="grid size-6 shrink-0 place-items-center rounded-4 text-text-3 hover:bg-hover hover:text-text pointer-coarse:size-11"
            >
              <X size={12} strokeWidth={1.5} aria-hidden />
            </button>
          ) : null}
        </span>
      ))}
      {canEdit ? <AddTags ref={adding} onAdd={(added) => void changeTags('tag', added)} /> : null}
    </>
  )
}

interface AddTagsProps {
  /** Of the button, while there is no field in its place. */
  readonly ref: Ref<HTMLButtonElement>
  onAdd(tags: readonly string[]): void
}

function AddTags({ ref, onAdd }: AddTagsProps) {
  const [isTyping, setTyping] = useState(false)
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
          onAdd(tagsTyped(text))
        }}
      />
    )
  return (
    <button
      ref={ref}
      type="button"
      aria-label="Add a tag"
      onClick={() => setTyping(true)}
      className="inline-flex h-6 items-center gap-0.5 rounded-4 px-1 text-11 text-text-3 hover:bg-hover hover:text-text pointer-coarse:h-11"
    >
      <Plus size={12} strokeWidth={1.5} aria-hidden /> tag
    </button>
  )
}
