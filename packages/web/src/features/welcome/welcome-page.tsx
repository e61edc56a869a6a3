import { useQuery } from '@tanstack/react-query'
import type { NewApiKeyDto } from '@xtrace/contract'
import { type ReactNode, useState } from 'react'
import { keysQuery } from '#api/settings.ts'
import { Page } from '#components/page/page.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { useProject } from '#project/use-project.ts'
import { FirstTrace } from './first-trace.tsx'
import { MakeKey } from './make-key.tsx'
import { environmentLines, SNIPPETS, type Snippet } from './snippets.ts'

/** From nothing to a first trace: keys, lines to copy, and the trace itself once it comes. */
export function WelcomePage() {
  const { project } = useProject()
  const { data } = useQuery(keysQuery(project.id))
  const [made, setMade] = useState<NewApiKeyDto>()
  const [name, setName] = useState<Snippet['name']>('python')
  const existing = data?.apiKeys[0]
  const keys = {
    url: location.origin,
    publicKey: made?.publicKey ?? existing?.publicKey ?? 'pk-lf-…',
    secretKey: made?.secretKey ?? existing?.displaySecretKey ?? 'sk-lf-…',
  }
  const snippet = SNIPPETS.find((one) => one.name === name)
  return (
    <Page title="Welcome" scrolls>
      <div className="flex max-w-200 flex-col gap-8 p-6">
        <header className="flex flex-col gap-1">
          <h2 className="font-semibold text-20">Send a first trace to {project.name}</h2>
          <p className="text-text-2">Any Langfuse SDK, any OpenTelemetry exporter, or plain HTTP.</p>
        </header>
        <Step number={1} title="Say where to">
          <CodeBlock text={environmentLines(keys)} label="Copy the lines" />
          <MakeKey made={made} onMade={setMade} />
        </Step>
        <Step number={2} title="Send something">
          <Tabs label="Language" tabs={SNIPPETS} value={name} onChange={(chosen) => setName(chosen)}>
            {snippet ? (
              <div className="flex flex-col gap-2 pt-3">
                <CodeBlock text={snippet.install} label="Copy the command" />
                <CodeBlock text={snippet.code(keys)} label="Copy the code" />
              </div>
            ) : null}
          </Tabs>
        </Step>
        <Step number={3} title="See it here">
          <FirstTrace />
        </Step>
      </div>
    </Page>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}

function Step({ number, title, children }: StepProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h3 className="flex items-center gap-2 font-semibold text-14">
        <span className="tabular grid size-5 place-items-center rounded-full border text-11 text-text-2">{number}</span>
        {title}
      </h3>
      {children}
    </section>
  )
}
