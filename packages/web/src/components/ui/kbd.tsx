import { clsx } from 'clsx'

/** Keys to press, as on the keys. */
export function Kbd({ children, isInverse = false }: { readonly children: string; readonly isInverse?: boolean }) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-4 min-w-4 items-center justify-center rounded-4 border px-1 font-sans text-11',
        isInverse ? 'border-current' : 'border-line bg-sunken text-text-2',
      )}
    >
      {children}
    </kbd>
  )
}
