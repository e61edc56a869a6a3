import { Activity, ChartLine, House, type LucideIcon, MessagesSquare, Settings, SquareStack, Users } from 'lucide-react'

interface NavEntry {
  readonly to:
    | '/p/$project'
    | '/p/$project/traces'
    | '/p/$project/observations'
    | '/p/$project/sessions'
    | '/p/$project/users'
    | '/p/$project/metrics'
    | '/p/$project/settings'
  readonly label: string
  readonly icon: LucideIcon
  /** After `g`. */
  readonly key: string
}

/** The rail from top to bottom, without the foot. */
export const NAV: readonly NavEntry[] = [
  { to: '/p/$project', label: 'Home', icon: House, key: 'h' },
  { to: '/p/$project/traces', label: 'Traces', icon: Activity, key: 't' },
  { to: '/p/$project/observations', label: 'Observations', icon: SquareStack, key: 'o' },
  { to: '/p/$project/sessions', label: 'Sessions', icon: MessagesSquare, key: 's' },
  { to: '/p/$project/users', label: 'Users', icon: Users, key: 'u' },
  { to: '/p/$project/metrics', label: 'Metrics', icon: ChartLine, key: 'm' },
]

export const SETTINGS: NavEntry = { to: '/p/$project/settings', label: 'Settings', icon: Settings, key: 'c' }
