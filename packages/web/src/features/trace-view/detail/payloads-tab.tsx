import { useMemo } from 'react'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useModel } from '#features/trace-view/model/use-trace-view.ts'
import { cutRepeated } from '#lib/chat/history.ts'
import { type ReadPayload, readPayload } from './payload-reading.ts'
import { PayloadSection } from './payload-section.tsx'
import { PromptChange } from './prompt-change-section.tsx'
import type { DetailSubject } from './subject.ts'
import { useSubject } from './use-subject.ts'

/** Input and output, each read as it reads best. */
export function PayloadsTab({ subject }: { readonly subject: DetailSubject }) {
  const { payloads, observation, error, retry } = useSubject(subject)
  const model = useModel()
  const hints = useMemo(
    () => ({ observationType: observation?.type, model: observation?.model ?? undefined }),
    [observation],
  )
  const input = useMemo(() => payloads && readPayload(payloads.input, hints), [payloads, hints])
  const output = useMemo(() => payloads && readPayload(payloads.output, hints), [payloads, hints])
  if (error) return <ErrorState error={error} doing="read the payloads" onRetry={retry} />
  if (!payloads || !input || !output) return <SkeletonRows count={8} />
  const [asked, answered] = [messagesOf(input), messagesOf(output)]
  const { repeated } = cutRepeated(asked, answered)
  const prompt = observation?.type === 'GENERATION' && asked.length > 0 ? chatOf(input) : undefined
  const node = model.dto.nodes.id.lastIndexOf(subject.id)
  return (
    <div className="flex flex-col pb-8">
      <PayloadSection label="Input" field="input" subject={subject} window={payloads.input} payload={input} />
      {prompt ? <PromptChange node={node} prompt={prompt} /> : null}
      <PayloadSection
        label="Output"
        field="output"
        subject={subject}
        window={payloads.output}
        payload={output}
        knownCount={repeated}
      />
    </div>
  )
}

const chatOf = ({ presentation }: ReadPayload) => (presentation.kind === 'chat' ? presentation.chat : undefined)
const messagesOf = (payload: ReadPayload) => chatOf(payload)?.messages ?? []
