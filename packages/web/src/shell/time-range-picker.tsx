import { CalendarClock } from 'lucide-react'
import { TimeRangePanel } from '#components/time-range/time-range-panel.tsx'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { DEFAULT_RANGE, parseTimeRange, rollingLabel } from '#search/time-range.ts'
import { useStore } from '#store/use-store.ts'
import { timePickerOpen } from './layers.ts'

/** Over which time the page looks: `t` in the URL. */
export function TimeRangePicker() {
  const { t, setSearch } = useSharedSearch()
  const time = useTimeFormat()
  const isOpen = useStore(timePickerOpen)
  const range = parseTimeRange(t ?? DEFAULT_RANGE)
  const label =
    range?.kind === 'fixed'
      ? `${time.date(range.fromMs, Date.now())} – ${time.date(range.toMs, Date.now())}`
      : rollingLabel(t ?? DEFAULT_RANGE)
  const choose = async (text: string) => {
    timePickerOpen.set(false)
    await setSearch({ t: text === DEFAULT_RANGE ? undefined : text })
  }
  return (
    <Popover
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
      <TimeRangePanel value={t ?? DEFAULT_RANGE} onChoose={choose} />
    </Popover>
  )
}
