import { failureText, type PagedList, retry } from '#components/data-table/read-on.ts'
import { Button } from '#components/ui/button.tsx'
import { Note } from './note.tsx'

/** Over rows that are there: what could not be read beside them, and the way to try it again. */
export function FailedNote({ list }: { readonly list: PagedList }) {
  if (!list.error || !list.data) return null
  return (
    <Note text={failureText(list)}>
      <Button isBusy={list.fetchStatus === 'fetching'} onClick={() => retry(list)}>
        Retry
      </Button>
    </Note>
  )
}
