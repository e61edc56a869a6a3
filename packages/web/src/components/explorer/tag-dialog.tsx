import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { type Counted, countText } from './count-text.ts'

const MOST_TAGS = 20

const WORDS = {
  tag: { title: 'Tag', hint: 'Separated by commas; they join those that are there.', act: 'Add' },
  untag: {
    title: 'Take tags from',
    hint: 'Separated by commas. They stay away, whatever programs send, until somebody adds them again.',
    act: 'Take away',
  },
} as const

interface TagDialogProps {
  readonly action: keyof typeof WORDS
  readonly counted: Counted
  onTag(tags: readonly string[]): void
  onClose(): void
}

/** Which tags to add or to take away. */
export function TagDialog({ action, counted, onTag, onClose }: TagDialogProps) {
  const [text, setText] = useState('')
  const tags = [...new Set(text.split(',').flatMap((tag) => tag.trim() || []))]
  const fault = tags.length > MOST_TAGS ? `At most ${MOST_TAGS} tags at once.` : undefined
  const isReady = tags.length > 0 && fault === undefined
  return (
    <Dialog isOpen onOpenChange={onClose} title={`${WORDS[action].title} ${countText(counted, 'traces')}`}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onTag(tags)
        }}
      >
        <Field label="Tags" hint={WORDS[action].hint} fault={fault}>
          <Input value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />
        </Field>
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Cancel
          </Button>
          <Button isLarge kind="primary" type="submit" disabled={!isReady}>
            {WORDS[action].act}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
