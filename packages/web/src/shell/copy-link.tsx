import { Link2 } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { withRange } from '#search/page-link.ts'
import { fixedRange, intervalOf, parseTimeRange, rollingLabel } from '#search/time-range.ts'
import { useIsAboutTime } from './use-is-about-time.ts'

async function copy(link: string): Promise<void> {
  if (await copyText(link)) showToast({ text: 'Link copied' })
}

/** The address of what is shown. Where its time rolls on, the offer is first the time as it is now. */
export function CopyLink() {
  const { range } = useSharedSearch()
  const isAboutTime = useIsAboutTime()
  if (isAboutTime && parseTimeRange(range)?.kind === 'rolling') return <RollingLink range={range} />
  return (
    <Tooltip text="Copy link">
      <Button kind="quiet" isIcon aria-label="Copy link" onClick={() => void copy(location.href)}>
        <Link2 size={16} strokeWidth={1.5} />
      </Button>
    </Tooltip>
  )
}

function RollingLink({ range }: { readonly range: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button kind="quiet" isIcon aria-label="Copy link" title="Copy link">
          <Link2 size={16} strokeWidth={1.5} />
        </Button>
      }
    >
      <LinkChoices range={range} />
    </Menu>
  )
}

/** Mounted when the menu opens: the fixed time ends then. */
function LinkChoices({ range }: { readonly range: string }) {
  const time = useTimeFormat()
  const nowMs = Date.now()
  const interval = intervalOf(range, nowMs)
  const [from, to] = [interval.fromMs, interval.toMs].map((ms) => time.date(ms, nowMs))
  return (
    <>
      <MenuItem onSelect={() => void copy(withRange(location.href, fixedRange(interval)))}>
        Copy link to this time: {from} – {to}
      </MenuItem>
      <MenuItem onSelect={() => void copy(withRange(location.href, range))}>
        Copy link that rolls on: {rollingLabel(range).toLowerCase()}
      </MenuItem>
    </>
  )
}
