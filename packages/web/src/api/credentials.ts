import { createStore } from '#store/store.ts'

/** What requests that change something carry; comes with the session. */
export const csrfToken = createStore('')

/** A wait for somebody to sign in again, shown as a dialog over the page. */
export interface SignInWait {
  readonly done: Promise<void>
  resolve(): void
}

/** Undefined while nobody needs to. */
export const signInWait = createStore<SignInWait | undefined>(undefined)

/** Resolves once somebody has signed in; all who ask meanwhile wait for the same. */
export function untilSignedIn(): Promise<void> {
  const waiting = signInWait.get()
  if (waiting) return waiting.done
  const { promise, resolve } = promiseWithResolve()
  signInWait.set({
    done: promise,
    resolve: () => {
      signInWait.set(undefined)
      resolve()
    },
  })
  return promise
}

function promiseWithResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
