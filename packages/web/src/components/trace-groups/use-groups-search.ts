import { useNavigate } from '@tanstack/react-router'

/** The ways to change what the address of a table of sessions or users says. */
export function useGroupsSearch() {
  const navigate = useNavigate()
  return {
    setTyped: (typed: string) =>
      void navigate({ to: '.', search: (earlier) => ({ ...earlier, q: typed === '' ? undefined : typed }) }),
    setCols: (cols: string[] | undefined) =>
      void navigate({ to: '.', search: (earlier) => ({ ...earlier, cols }), replace: true }),
  }
}
