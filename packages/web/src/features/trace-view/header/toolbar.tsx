import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronsDownUp, ChevronsUpDown, OctagonX, Route, ZoomOut } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { LanesButton } from '#features/trace-view/lanes/lanes-button.tsx'
import { useTaste } from '#features/trace-view/model/taste.ts'
import { groupingsOfModel } from '#features/trace-view/model/trace-model.ts'
import { setAllOpen } from '#features/trace-view/model/tree-state.ts'
import type { Found } from '#features/trace-view/model/use-find.ts'
import { useLater } from '#features/trace-view/model/use-later.ts'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useViewName } from '#features/trace-view/model/use-view-name.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useStore } from '#store/use-store.ts'
import { FindBox } from './find-box.tsx'
import { FollowButton } from './follow-button.tsx'
import { ViewTabs } from './view-tabs.tsx'

/** Views, finding, and how the tree is shown. */
export function Toolbar({ found }: { readonly found: Found }) {
  const v = useViewName()
  const { walk } = useTraceContext()
  const model = useModel()
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 overflow-x-auto border-b bg-surface px-3">
      <ViewTabs />
      <FindBox found={found} />
      {model.errors.length > 0 && !found.mask ? (
        <Button kind="quiet" onClick={() => walk(1)} className="text-error!">
          <OctagonX size={14} strokeWidth={1.5} />
          <span className="tabular">{formatCount(model.errors.length)}</span> next
        </Button>
      ) : null}
      <div className="flex-1" />
      <FollowButton />
      <LevelSelect />
      {v === 'tree' ? <TreeOptions /> : null}
    </div>
  )
}

const LEVEL_OPTIONS = [
  { value: 'all', label: 'All levels' },
  { value: 'DEFAULT', label: 'No debug' },
  { value: 'WARNING', label: 'Warnings and errors' },
  { value: 'ERROR', label: 'Errors only' },
] as const

function LevelSelect() {
  const { min } = useTraceSearch()
  const navigate = useNavigate()
  const value = LEVEL_OPTIONS.find((option) => option.value === min)?.value ?? 'all'
  return (
    <Select
      label="Lowest level shown"
      value={value}
      options={LEVEL_OPTIONS}
      className="shrink-0 whitespace-nowrap text-12!"
      onChange={(level) =>
        navigate({ to: '.', search: (old) => ({ ...old, min: level === 'all' ? undefined : level }), replace: true })
      }
    />
  )
}

const GROUP_LABELS = { none: 'No groups', run: 'By run', turn: 'By turn', step: 'By step', agent: 'By agent' } as const

function TreeOptions() {
  const { group = 'none', gaps = 'auto' } = useTraceSearch()
  const navigate = useNavigate()
  const { view } = useTraceContext()
  const model = useModel()
  const zoom = useStore(view.zoom)
  const [taste, setTaste] = useTaste()
  const groupings = ['none' as const, ...(useLater(model, groupingsOfModel) ?? (group === 'none' ? [] : [group]))]
  const isFolded = gaps === 'fold' || (gaps === 'auto' && model.idleness.isMostly)
  return (
    <div className="flex shrink-0 items-center gap-1">
      {groupings.length > 1 ? (
        <Select
          label="Grouping"
          value={group}
          className="text-12!"
          options={groupings.map((value) => ({ value, label: GROUP_LABELS[value] }))}
          onChange={(value) =>
            navigate({
              to: '.',
              search: (old) => ({ ...old, group: value === 'none' ? undefined : value }),
              replace: true,
            })
          }
        />
      ) : null}
      <Choice
        isOn={taste.sums === 'own'}
        label="Self"
        onChange={(isOn) => setTaste({ sums: isOn ? 'own' : 'subtree' })}
        hint="Time and cost of each row without what lies below it"
      />
      {model.idleness.gaps.length > 0 ? (
        <Choice
          isOn={isFolded}
          label="Fold idle"
          hint="Shrink stretches in which nothing runs"
          onChange={(isOn) =>
            navigate({ to: '.', search: (old) => ({ ...old, gaps: isOn ? 'fold' : 'show' }), replace: true })
          }
        />
      ) : null}
      <Choice
        isOn={taste.hasPath}
        label={<Route size={14} strokeWidth={1.5} />}
        name="Critical path"
        hint="What the end of the trace waited for: the ink under the bars"
        onChange={(hasPath) => setTaste({ hasPath })}
      />
      <LanesButton />
      <Tooltip text="Open all">
        <Button kind="quiet" isIcon aria-label="Open all" onClick={() => view.change((tree) => setAllOpen(tree, true))}>
          <ChevronsUpDown size={14} strokeWidth={1.5} />
        </Button>
      </Tooltip>
      <Tooltip text="Close all">
        <Button
          kind="quiet"
          isIcon
          aria-label="Close all"
          onClick={() => view.change((tree) => setAllOpen(tree, false))}
        >
          <ChevronsDownUp size={14} strokeWidth={1.5} />
        </Button>
      </Tooltip>
      {zoom ? (
        <Button kind="quiet" onClick={() => view.zoom.set(undefined)}>
          <ZoomOut size={14} strokeWidth={1.5} /> Fit
        </Button>
      ) : null}
    </div>
  )
}

interface ChoiceProps {
  readonly isOn: boolean
  readonly label: React.ReactNode
  /** For readers, where the label is an icon. */
  readonly name?: string
  readonly hint: string
  onChange(isOn: boolean): void
}

function Choice({ isOn, label, name, hint, onChange }: ChoiceProps) {
  return (
    <Tooltip text={hint}>
      <Button
        kind="quiet"
        aria-pressed={isOn}
        {...(name !== undefined && { 'aria-label': name })}
        className={clsx('text-12!', isOn && 'bg-selected! text-accent!')}
        onClick={() => onChange(!isOn)}
      >
        {label}
      </Button>
    </Tooltip>
  )
}
