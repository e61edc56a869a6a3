import { Logo } from '#components/ui/logo.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** A path of this page, whatever the address bar was made to say. */
function nextPath(): string {
  const next = new URLSearchParams(location.search).get('next')
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}

export function SignInPage() {
  return (
    <main className="flex min-h-full items-start justify-center px-4 pt-[18vh]">
      <div className="flex w-full max-w-80 flex-col gap-6">
        <header className="flex items-center gap-3">
          <Logo size={28} />
          <h1 className="font-semibold text-20">xtrace</h1>
        </header>
        <SignInForm onSignedIn={() => location.replace(nextPath())} />
        <footer className="text-12 text-text-3">
          <a href="/docs" className="text-accent hover:underline">
            API reference
          </a>
        </footer>
      </div>
    </main>
  )
}
