import './styles/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from '#api/query-client.ts'
import { SignInOverlay } from '#features/signin/sign-in-overlay.tsx'
import { followTheme } from '#preferences/theme.ts'
import { createAppRouter, preloadPage } from '#routes/router.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')

const nonceMark = document.querySelector('meta[property="csp-nonce"]')
if (nonceMark instanceof HTMLElement && nonceMark.nonce) setNonce(nonceMark.nonce)

followTheme()
const queryClient = createQueryClient()
const router = createAppRouter(queryClient)
preloadPage(router)

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <SignInOverlay />
    </QueryClientProvider>
  </StrictMode>,
)
