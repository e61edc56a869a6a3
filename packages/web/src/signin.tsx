/** The sign-in page: a document of its own, so that it comes without the rest and leaves nothing of a session behind. */
import './styles/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SignInPage } from '#features/signin/sign-in-page.tsx'
import { followTheme } from '#preferences/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')

followTheme()
createRoot(root).render(
  <StrictMode>
    <SignInPage />
  </StrictMode>,
)
