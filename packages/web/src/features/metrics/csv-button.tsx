import { Download } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { printCsv } from '#lib/format/csv.ts'
import { csvRows } from './series-lines.ts'
import type { MetricDrawing } from './use-metric-lines.ts'

/** Saves what is drawn, one row a bucket, at full precision. */
export function CsvButton({ drawing: { times, lines, interval } }: { readonly drawing: MetricDrawing }) {
  const day = new Date(interval.toMs).toISOString().slice(0, 19).replaceAll(':', '')
  const save = () => saveFile({ name: `metrics-${day}Z.csv`, type: 'text/csv', text: printCsv(csvRows(times, lines)) })
  return (
    <Button kind="quiet" onClick={save}>
      <Download size={14} strokeWidth={1.5} /> CSV
    </Button>
  )
}
