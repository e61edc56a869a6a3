import { Link } from '@tanstack/react-router'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { buttonLook } from '#components/ui/button.tsx'

/** An address that leads nowhere, or to something of others. */
export function NotFound() {
  return (
    <main>
      <EmptyState title="Nothing here" text="The address is wrong, or you are not a member of the project it names.">
        <Link to="/" className={buttonLook()}>
          Go home
        </Link>
      </EmptyState>
    </main>
  )
}
