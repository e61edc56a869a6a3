import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties of CSS. */
    [name: `--${string}`]: string | number | undefined
  }
}
