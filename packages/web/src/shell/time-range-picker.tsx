import { CalendarClock } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { parseTimeRange, rollingLabel } from '#search/time-range.ts'
import { useStore } from '#store/use-store.ts'
import { timePickerOpen } from './layers.ts'

const TimeRangePanel = lazy(async () => ({
  default: (await import('#components/time-range/time-range-panel.tsx')).TimeRangePanel,
}))

/** Over which time the page looks: `t` in the URL. */
export function TimeRangePicker() {
  const { range: text, defaultRange, setSearch } = useSharedSearch()
  const time = useTimeFormat()
  const isOpen = useStore(timePickerOpen)
  const range = parseTimeRange(text)
  const label =
    range?.kind === 'fixed'
      ? `${time.date(range.fromMs, Date.now())} – ${time.date(range.toMs, Date.now())}`
      : rollingLabel(text)
  const choose = async (chosen: string) => {
    timePickerOpen.set(false)
    await setSearch({ t: chosen === defaultRange ? undefined : chosen })
  }
  return (
    <Popover
      label="Time range"
      align="end"
      isOpen={isOpen}
      onOpenChange={timePickerOpen.set}
      trigger={
        <Button kind="quiet" aria-label={`Time range: ${label}`}>
          <CalendarClock size={16} strokeWidth={1.5} />
          <span className="tabular max-sm:hidden">{label}</span>
        </Button>
      }
    >
      <Suspense fallback={<div className="h-56 w-96 max-sm:w-56" />}>
        <TimeRangePanel value={text} onChoose={choose} />
      </Suspense>
    </Popover>
  )
}
