import { EmptyState } from '#components/empty-state/empty-state.tsx'

export function NoProjectPage() {
  return (
    <main>
      <EmptyState
        title="No project is yours yet"
        text="You are signed in, but no project has you as a member. Ask an owner of the organization to add you."
      />
    </main>
  )
}
