import { Link } from '@tanstack/react-router'
import { Page } from '#components/page/page.tsx'
import { buttonLook } from '#components/ui/button.tsx'
import { useProject } from '#project/use-project.ts'

/** Where the day begins. */
export function HomePage() {
  const { project } = useProject()
  const params = { project: project.id }
  return (
    <Page title="Home" scrolls>
      <div className="flex flex-col items-start gap-4 p-6">
        <h2 className="font-semibold text-20">{project.name}</h2>
        <div className="flex gap-2">
          <Link to="/p/$project/traces" params={params} className={buttonLook()}>
            Traces
          </Link>
          <Link to="/p/$project/welcome" params={params} className={buttonLook()}>
            Connect a program
          </Link>
        </div>
      </div>
    </Page>
  )
}
