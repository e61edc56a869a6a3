import { useQuery } from '@tanstack/react-query'
import { metricLabelsQuery } from '#api/metrics.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { SeriesSpec } from '#lib/metrics/series-text.ts'
import { useProject } from '#project/use-project.ts'
import type { Interval } from '#search/time-range.ts'

interface LabelPickerProps {
  readonly spec: SeriesSpec
  readonly interval: Interval
  onChange(spec: SeriesSpec): void
}

/** Which series: one value of each label, chosen from those that the metric has within the time range. */
export function WherePicker({ spec, interval, onChange }: LabelPickerProps) {
  const set = (key: string, value: string, isOn: boolean) => {
    const others = spec.labels.filter(([name]) => name !== key)
    onChange({ ...spec, labels: isOn ? [...others, [key, value]] : others })
  }
  const count = spec.labels.length
  return (
    <Popover
      label="Which series"
      className="w-80"
      trigger={
        <Button>
          <span className="text-text-3">where</span>{' '}
          {count === 0 ? 'all series' : spec.labels.map(([key, value]) => `${key}=${value}`).join(', ')}
        </Button>
      }
    >
      <Labels metric={spec.metric} interval={interval}>
        {({ key, values }) => (
          <fieldset key={key} className="mb-2">
            <legend className="label">{key}</legend>
            {values.map((value) => (
              <Choice
                key={value}
                text={value}
                label={`${key} is ${value}`}
                isChecked={spec.labels.some(([name, wanted]) => name === key && wanted === value)}
                onChange={(isOn) => set(key, value, isOn)}
              />
            ))}
          </fieldset>
        )}
      </Labels>
    </Popover>
  )
}

/** What the series are put together by. */
export function ByPicker({ spec, interval, onChange }: LabelPickerProps) {
  const set = (key: string, isOn: boolean) =>
    onChange({ ...spec, by: isOn ? [...spec.by, key] : spec.by.filter((one) => one !== key) })
  return (
    <Popover
      label="Series by label"
      className="w-64"
      trigger={
        <Button>
          <span className="text-text-3">by</span> {spec.by.length === 0 ? 'each series' : spec.by.join(', ')}
        </Button>
      }
    >
      <Labels metric={spec.metric} interval={interval}>
        {({ key }) => (
          <Choice
            key={key}
            text={key}
            label={`Group by ${key}`}
            isChecked={spec.by.includes(key)}
            onChange={(isOn) => set(key, isOn)}
          />
        )}
      </Labels>
    </Popover>
  )
}

interface LabelsProps {
  readonly metric: string
  readonly interval: Interval
  children(label: { readonly key: string; readonly values: readonly string[] }): React.ReactNode
}

function Labels({ metric, interval, children }: LabelsProps) {
  const { project } = useProject()
  const { data, isPending, error } = useQuery(metricLabelsQuery(project.id, metric, interval))
  if (isPending) return <p className="text-12 text-text-3">Reading the labels …</p>
  if (error) return <p className="text-12 text-error">{error.message}</p>
  return (
    <div className="max-h-80 overflow-y-auto">
      {data.labels.map(children)}
      {data.labels.length === 0 ? (
        <p className="text-12 text-text-3">No labels on the points of this time range.</p>
      ) : null}
      {data.isPartial ? (
        <p className="text-12 text-text-3">Of the first 50 series; others can be typed into the line of text.</p>
      ) : null}
    </div>
  )
}

interface ChoiceProps {
  readonly text: string
  readonly label: string
  readonly isChecked: boolean
  onChange(isOn: boolean): void
}

function Choice({ text, label, isChecked, onChange }: ChoiceProps) {
  return (
    <div className="flex min-w-0 items-center gap-1">
      <Checkbox isChecked={isChecked} label={label} onChange={onChange} />
      <button type="button" className="mono min-w-0 flex-1 truncate text-left" onClick={() => onChange(!isChecked)}>
        {text}
      </button>
    </div>
  )
}
