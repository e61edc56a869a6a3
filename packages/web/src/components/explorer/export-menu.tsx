import { Download } from 'lucide-react'
import { exportLink } from '#api/explore.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx'
import type { ExplorerState } from './use-explorer.ts'

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'jsonl', label: 'JSON lines' },
  { format: 'parquet', label: 'Parquet' },
] as const

/** All rows that match, as a file. */
export function ExportMenu({ table }: { readonly table: ExplorerState }) {
  const { project, view, interval, wholeFilter } = table
  return (
    <Menu
      align="end"
      trigger={
        <Button kind="quiet">
          <Download size={16} strokeWidth={1.5} />
          Export
        </Button>
      }
    >
      <MenuLabel>All {view} that match</MenuLabel>
      {FORMATS.map(({ format, label }) => (
        <MenuItem
          key={format}
          onSelect={() => download(exportLink(project.id, view, { format, interval, filter: wholeFilter }))}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** The server names the file; the page stays. */
function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
