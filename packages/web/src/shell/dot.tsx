import { clsx } from 'clsx'

export type DotTone = 'ok' | 'warning' | 'error' | 'unknown'

/** Each of its own shape: colour is the second signal. */
const LOOKS: Readonly<Record<DotTone, string>> = {
  ok: 'rounded-full bg-ok',
  warning: 'bg-warning',
  error: 'rotate-45 bg-error',
  unknown: 'rounded-full bg-control',
}

/** How something fares; whoever draws it says so in words too. */
export const Dot = ({ tone }: { readonly tone: DotTone }) => <span className={clsx('size-2', LOOKS[tone])} />
