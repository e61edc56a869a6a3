import { Page } from '#components/page/page.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'

/** How to send a first trace. */
export function WelcomePage() {
  return (
    <Page title="Welcome" scrolls>
      <div className="flex max-w-180 flex-col gap-4 p-6">
        <h2 className="font-semibold text-20">Send a first trace</h2>
        <CodeBlock text={`export LANGFUSE_BASE_URL=${location.origin}`} />
      </div>
    </Page>
  )
}
