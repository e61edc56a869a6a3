interface SavedFile {
  readonly name: string
  /** A media type: `text/csv`. */
  readonly type: string
  readonly text: string | readonly Blob[]
}

/** Hands text to the browser as a download. */
export function saveFile({ name, type, text }: SavedFile): void {
  const address = URL.createObjectURL(new Blob(typeof text === 'string' ? [text] : [...text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
