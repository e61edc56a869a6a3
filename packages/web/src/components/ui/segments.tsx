interface SegmentsProps<Name extends string> {
  readonly label: string
  readonly segments: readonly { readonly name: Name; readonly label: string }[]
  readonly value: Name
  onChange(name: Name): void
}

/** One of a few, all of which are seen. */
export function Segments<Name extends string>({ label, segments, value, onChange }: SegmentsProps<Name>) {
  return (
    <div role="group" aria-label={label} className="flex rounded-4 bg-sunken p-0.5">
      {segments.map((segment) => (
        <button
          key={segment.name}
          type="button"
          aria-pressed={segment.name === value}
          className="h-5 min-w-6 rounded-2 pointer-coarse:h-6 px-1.5 text-11 text-text-2 aria-pressed:bg-surface aria-pressed:text-text"
          onClick={() => onChange(segment.name)}
        >
          {segment.label}
        </button>
      ))}
    </div>
  )
}
