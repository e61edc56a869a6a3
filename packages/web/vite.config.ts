import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import { CHUNKS } from './chunks.ts'

/** The Latin parts of both fonts are on every page: fetched beside the script, not after the styles. */
const FONTS = /geist(?:-mono)?-latin-wght-normal-[\w-]+\.woff2$/
/** What most pages of a project share, and the page that most visits begin with: fetched beside the entry, not after it. */
const SCRIPTS = /\/(?:first|shell|list|traces-page)-[\w-]{8}\.js$/
const EARLY = /\/early-[\w-]{8}\.js$/

function preloads(): Plugin {
  return {
    name: 'preloads',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {}, filename }) => {
        const files = Object.keys(bundle)
        const fonts = files.filter((file) => FONTS.test(file))
        const isApp = filename.endsWith('index.html')
        return [
          ...(isApp ? files.filter((file) => EARLY.test(file)).map(script) : []),
          ...(isApp ? files.filter((file) => SCRIPTS.test(file)) : []).map((file) =>
            link(file, { rel: 'modulepreload' }),
          ),
          ...fonts.map((file) => link(file, { rel: 'preload', as: 'font', type: 'font/woff2' })),
        ]
      },
    },
  }
}

/** Before all others, so that it runs first. */
const script = (file: string): HtmlTagDescriptor => ({
  tag: 'script',
  attrs: { type: 'module', crossorigin: '', src: `/${file}` },
  injectTo: 'head-prepend',
})

const link = (file: string, attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: '', href: `/${file}` },
  injectTo: 'head',
})

/** What runs before the page is painted gets a name of its content, so that browsers keep it. */
function bootScript(): Plugin {
  return {
    name: 'boot-script',
    apply: 'build',
    buildStart() {
      this.emitFile({
        type: 'asset',
        name: 'boot.js',
        source: readFileSync(join(import.meta.dirname, 'boot.js'), 'utf8'),
      })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const file = Object.keys(bundle).find((name) => BOOT.test(name))
        return html.replace('"/boot.js"', `"/${file}"`)
      },
    },
  }
}

const BOOT = /\/boot-[\w-]{8}\.js$/

export default defineConfig({
  plugins: [react(), tailwind(), bootScript(), preloads()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      input: ['index.html', 'signin.html', 'src/early.ts'].map((page) => join(import.meta.dirname, page)),
      output: { codeSplitting: { groups: CHUNKS } },
    },
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8742' } },
})
