import { CopyButton } from './copy-button.tsx'

/** Lines to copy. */
export function CodeBlock({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  return (
    <div className="relative rounded-6 border bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <pre className="mono overflow-x-auto p-3 pr-12" tabIndex={0}>
        {text}
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-6 bg-sunken">
        <CopyButton text={text} label={label} />
      </div>
    </div>
  )
}
