import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SavedViewDto } from '@xtrace/contract'
import { Bookmark, Layers2, RotateCcw, Save, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { deleteView, saveView, viewsQuery } from '#api/views.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx'
import { showToast } from '#components/ui/toast.tsx'
import type { ExplorerState } from './use-explorer.ts'
import { isChanged, stateOfView, viewOf } from './view-state.ts'

const NameDialog = lazy(async () => ({ default: (await import('./name-dialog.tsx')).NameDialog }))

interface ViewsMenuProps {
  readonly table: ExplorerState
  /** Ids of the columns shown, in order. */
  readonly shown: readonly string[]
}

/** The table as it was saved under a name, for all of the project. */
export function ViewsMenu({ table, shown }: ViewsMenuProps) {
  const { project, view: of, search } = table
  const { data } = useQuery(viewsQuery(project.id))
  const { apply, create, replace, remove } = useViewActions(table, shown)
  const [isNaming, setNaming] = useState(false)
  const views = data?.views.filter((view) => view.table === of) ?? []
  const current = views.find(({ id }) => id === search.view)
  const isEdited = current !== undefined && isChanged(current.state, viewOf(search, shown))
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button kind="quiet">
            <Layers2 size={16} strokeWidth={1.5} />
            <span className="max-w-40 truncate">{current?.name ?? 'Views'}</span>
            {isEdited ? <span className="text-text-3">changed</span> : null}
          </Button>
        }
      >
        {views.length > 0 ? <MenuLabel>Saved views</MenuLabel> : null}
        {views.map((view) => (
          <MenuChoice key={view.id} isChecked={view.id === current?.id} onChange={() => void apply(view)}>
            {view.name}
          </MenuChoice>
        ))}
        {views.length > 0 ? <MenuLine /> : null}
        {current && isEdited ? (
          <>
            <MenuItem icon={Save} onSelect={() => void replace(current)}>
              Save changes
            </MenuItem>
            <MenuItem icon={RotateCcw} onSelect={() => void apply(current)}>
              Reset to the saved view
            </MenuItem>
          </>
        ) : null}
        <MenuItem icon={Bookmark} onSelect={() => setNaming(true)}>
          Save as a new view
        </MenuItem>
        {current ? (
          <MenuItem icon={Trash2} isDanger onSelect={() => void remove(current)}>
            Delete this view
          </MenuItem>
        ) : null}
      </Menu>
      <Suspense>
        {isNaming ? (
          <NameDialog
            onClose={() => setNaming(false)}
            onName={(name) => {
              setNaming(false)
              void create(name)
            }}
          />
        ) : null}
      </Suspense>
    </>
  )
}

/** The ways to show, make, change and delete a saved view; the URL then names what is shown. */
function useViewActions(table: ExplorerState, shown: readonly string[]) {
  const { project, view: of, search, setState } = table
  const client = useQueryClient()
  const change = async (act: () => Promise<string | undefined>) => {
    try {
      const id = await act()
      await client.invalidateQueries({ queryKey: viewsQuery(project.id).queryKey })
      await setState({ view: id }, true)
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
  const save = async (name: string) =>
    (await saveView(project.id, { table: of, name, state: viewOf(search, shown) })).id
  return {
    apply: (view: SavedViewDto) => setState({ ...stateOfView(view.state), view: view.id }),
    create: (name: string) => change(() => save(name)),
    replace: (earlier: SavedViewDto) =>
      change(async () => {
        const id = await save(earlier.name)
        await deleteView(project.id, earlier.id)
        return id
      }),
    remove: (gone: SavedViewDto) =>
      change(async () => {
        await deleteView(project.id, gone.id)
        return undefined
      }),
  }
}
