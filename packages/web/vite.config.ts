import { join } from 'node:path'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import { CHUNKS } from './chunks.ts'

/** The Latin parts of both fonts are on every page: fetched beside the script, not after the styles. */
const FONTS = /geist(?:-mono)?-latin-wght-normal-[\w-]+\.woff2$/
/** What most pages of a project share, and the page that most visits begin with: fetched beside the entry, not after it. */
const SCRIPTS = /\/(?:shell|list|traces-page)-[\w-]{8}\.js$/

function preloads(): Plugin {
  return {
    name: 'preloads',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {}, filename }) => {
        const files = Object.keys(bundle)
        const scripts = filename.endsWith('index.html') ? files.filter((file) => SCRIPTS.test(file)) : []
        return [
          ...scripts.map((file) => link(file, { rel: 'modulepreload' })),
          ...files
            .filter((file) => FONTS.test(file))
            .map((file) => link(file, { rel: 'preload', as: 'font', type: 'font/woff2' })),
        ]
      },
    },
  }
}

const link = (file: string, attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: '', href: `/${file}` },
  injectTo: 'head',
})

export default defineConfig({
  plugins: [react(), tailwind(), preloads()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      input: ['index.html', 'signin.html'].map((page) => join(import.meta.dirname, page)),
      output: { codeSplitting: { groups: CHUNKS } },
    },
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8742' } },
})
