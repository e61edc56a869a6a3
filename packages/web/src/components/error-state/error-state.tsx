import { OctagonX } from 'lucide-react'
import { ApiError } from '#api/api-error.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

interface ErrorStateProps {
  readonly error: unknown
  /** What was being done: `read the traces`. */
  readonly doing: string
  onRetry?(): void
}

/** A failure in the place of the data: the sentence, the code, the id by which the log knows it, and the way on. */
export function ErrorState({ error, doing, onRetry }: ErrorStateProps) {
  const message = error instanceof Error ? error.message : String(error)
  const { code, requestId } = error instanceof ApiError ? error : { code: undefined, requestId: undefined }
  return (
    <div role="alert" className="flex items-start gap-3 p-6">
      <OctagonX size={16} strokeWidth={1.5} className="mt-0.5 shrink-0 text-error" aria-hidden />
      <div className="flex min-w-0 flex-col items-start gap-2">
        <p className="font-medium">Could not {doing}</p>
        <p className="max-w-[72ch] break-words text-text-2">{message}</p>
        {code ? (
          <p className="mono flex flex-wrap items-center gap-2 text-text-3">
            <span>{code}</span>
            {requestId ? (
              <>
                <span>request {requestId}</span>
                <CopyButton text={requestId} label="Copy request id" />
              </>
            ) : null}
          </p>
        ) : null}
        {onRetry ? <Button onClick={onRetry}>Retry</Button> : null}
      </div>
    </div>
  )
}
