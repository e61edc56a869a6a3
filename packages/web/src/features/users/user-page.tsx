import { getRouteApi, Link } from '@tanstack/react-router'
import { Page } from '#components/page/page.tsx'
import { buttonLook } from '#components/ui/button.tsx'
import { useProject } from '#project/use-project.ts'

const route = getRouteApi('/p/$project/users/$id')

/** A user: the way to what they did. */
export function UserPage() {
  const { project } = useProject()
  const { id } = route.useParams()
  return (
    <Page title="User" scrolls>
      <div className="flex flex-col items-start gap-4 p-6">
        <h2 className="font-semibold text-20">{id}</h2>
        <Link
          to="/p/$project/traces"
          params={{ project: project.id }}
          search={{ q: `user:"${id}"` }}
          className={buttonLook()}
        >
          Traces of this user
        </Link>
      </div>
    </Page>
  )
}
