interface SparklineProps {
  readonly values: readonly (number | null)[]
  /** What it shows, for readers; the figure itself stands beside it. */
  readonly label: string
  readonly width?: number
  readonly height?: number
}

/** A line without axes, beside a figure. Gaps stay gaps. */
export function Sparkline({ values, label, width = 64, height = 16 }: SparklineProps) {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 0)]
  const x = (index: number) => (values.length > 1 ? (index / (values.length - 1)) * width : width / 2)
  const y = (value: number) => height - 1 - ((value - low) / (high - low || 1)) * (height - 2)
  const points = values.map((value, index) =>
    value === null ? undefined : `${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
  )
  const path = points
    .map((point, index) =>
      point === undefined ? '' : `${index > 0 && points[index - 1] !== undefined ? 'L' : 'M'}${point}`,
    )
    .join('')
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="shrink-0">
      <path d={path} fill="none" stroke="var(--text-3)" strokeWidth={1.5} strokeLinecap="round" />
    </svg>
  )
}
