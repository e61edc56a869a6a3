import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { showToast } from './toast.tsx'

const SHOWN_MS = 1500

/** Puts text on the clipboard; says so when the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    showToast({ text: 'The browser did not allow copying; select the text instead.', tone: 'error' })
    return false
  }
}

interface CopyButtonProps {
  /** What would take long to make is made when it is asked for. */
  readonly text: string | (() => string | Promise<string>)
  /** What is copied: `Copy id`. */
  readonly label: string
  /** The label beside the icon. */
  readonly isLabelled?: boolean
}

/** Copies, and shows for a moment that it did. */
export function CopyButton({ text, label, isLabelled = false }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const Icon = isCopied ? Check : Copy
  return (
    <Button
      kind={isLabelled ? 'plain' : 'quiet'}
      isIcon={!isLabelled}
      aria-label={isCopied ? 'Copied' : label}
      onClick={async () => setCopied(await copyText(typeof text === 'string' ? text : await text()))}
    >
      <Icon size={14} strokeWidth={1.5} />
      {isLabelled ? <span>{isCopied ? 'Copied' : label}</span> : null}
    </Button>
  )
}
