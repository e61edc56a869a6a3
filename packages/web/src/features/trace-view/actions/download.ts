/** Lets the browser fetch a file of our server, piece by piece, without holding it in the page. */
export function download(path: string): void {
  const link = document.createElement('a')
  link.href = path
  link.download = ''
  link.click()
}
