import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { sessionQuery } from '#api/session.ts'
import { SignInForm } from './sign-in-form.tsx'

const route = getRouteApi('/signin')

/** A path of this page, whatever the address bar was made to say. */
const ownPath = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/')

export function SignInPage() {
  const { next } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  useEffect(() => {
    document.title = 'Sign in · xtrace'
  }, [])
  const enter = async () => {
    await queryClient.resetQueries({ queryKey: sessionQuery.queryKey })
    router.history.push(ownPath(next))
  }
  return (
    <main className="flex min-h-full items-start justify-center px-4 pt-[18vh]">
      <div className="flex w-full max-w-80 flex-col gap-6">
        <header className="flex items-center gap-3">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <h1 className="font-semibold text-20">xtrace</h1>
        </header>
        <SignInForm onSignedIn={enter} />
        <footer className="text-12 text-text-3">
          <a href="/docs" className="text-accent hover:underline">
            API reference
          </a>
        </footer>
      </div>
    </main>
  )
}
