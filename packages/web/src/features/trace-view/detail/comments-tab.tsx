import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addComment, type Commented, commentsQuery } from '#api/trace-notes.ts'
import { MessageText } from '#components/conversation/message-text.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextArea } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { DetailSubject } from './subject.ts'

/** What people wrote about the trace or the observation, and room for more. */
export function CommentsTab({ subject }: { readonly subject: DetailSubject }) {
  const { project } = useTraceContext()
  const time = useTimeFormat()
  const on: Commented = { objectType: subject.of === 'traces' ? 'TRACE' : 'OBSERVATION', objectId: subject.id }
  const comments = useQuery(commentsQuery(project, on))
  if (comments.error)
    return <ErrorState error={comments.error} doing="read the comments" onRetry={() => comments.refetch()} />
  if (!comments.data) return <SkeletonRows count={4} />
  return (
    <div className="flex flex-col gap-3 p-3">
      {comments.data.length === 0 ? <p className="text-12 text-text-3">No comments yet.</p> : null}
      <ul className="flex flex-col divide-y">
        {comments.data.map(({ id, content, authorUserId, createdAt }) => (
          <li key={id} className="flex flex-col gap-1 py-2">
            <p className="flex gap-2 text-11 text-text-3">
              <span>{authorUserId ?? 'Somebody'}</span>
              <time dateTime={createdAt}>{time.date(Date.parse(createdAt), Date.now())}</time>
            </p>
            <MessageText text={content} />
          </li>
        ))}
      </ul>
      <AddComment on={on} />
    </div>
  )
}

function AddComment({ on }: { readonly on: Commented }) {
  const { project } = useTraceContext()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await addComment(project, on, text)
      setText('')
      await client.invalidateQueries({ queryKey: commentsQuery(project, on).queryKey })
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
  return (
    <form className="flex flex-col gap-2" onSubmit={submit}>
      <TextArea
        required
        aria-label="Comment"
        placeholder="Markdown"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" className="self-start">
        Comment
      </Button>
    </form>
  )
}
