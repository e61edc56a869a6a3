import { Dialog } from '#components/ui/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInDialog() {
  return (
    <Dialog
      isOpen
      isLocked
      onOpenChange={() => {}}
      title="Sign in again"
      description="Your session has ended. The page goes on where it stands."
    >
      <SignInForm onSignedIn={() => {}} />
    </Dialog>
  )
}
