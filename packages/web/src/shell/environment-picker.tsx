import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Layers } from 'lucide-react'
import { environmentsQuery } from '#api/environments.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'

/** Which environments the page looks at: `env` in the URL; none chosen is all. */
export function EnvironmentPicker() {
  const { project } = useProject()
  const { env, setSearch } = useSharedSearch()
  const client = useQueryClient()
  const label = env.length === 0 ? 'All environments' : env.join(', ')
  return (
    <Menu
      align="end"
      trigger={
        <Button
          kind="quiet"
          aria-label={`Environment: ${label}`}
          onPointerEnter={() => void client.prefetchQuery(environmentsQuery(project.id))}
        >
          <Layers size={16} strokeWidth={1.5} />
          <span className="max-w-40 truncate max-lg:hidden">{label}</span>
        </Button>
      }
    >
      <MenuLabel>Environments</MenuLabel>
      <Choices />
      <MenuLine />
      <MenuItem isDisabled={env.length === 0} onSelect={() => setSearch({ env: [] })}>
        All environments
      </MenuItem>
    </Menu>
  )
}

/** Asked for when the menu opens: the server reads a month of traces for them. */
function Choices() {
  const { project } = useProject()
  const { env, setSearch } = useSharedSearch()
  const { data = [], isPending } = useQuery(environmentsQuery(project.id))
  const known = [...new Set([...data, ...env])].sort()
  if (known.length === 0)
    return <p className="px-2 py-1 text-text-3">{isPending ? 'Reading…' : 'None recorded in the last 30 days'}</p>
  return known.map((name) => (
    <MenuChoice
      key={name}
      staysOpen
      isChecked={env.includes(name)}
      onChange={(isChecked) => setSearch({ env: isChecked ? [...env, name] : env.filter((one) => one !== name) })}
    >
      {name}
    </MenuChoice>
  ))
}
