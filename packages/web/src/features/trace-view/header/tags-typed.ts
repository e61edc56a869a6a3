/** As many as the server takes at once, each as long as it may be. */
const MOST_TAGS = 20
const MOST_CHARS = 200

/** The tags of a text in which commas part them: none empty, none twice. */
export const tagsTyped = (text: string): string[] =>
  [...new Set(text.split(',').flatMap((tag) => tag.trim().slice(0, MOST_CHARS) || []))].slice(0, MOST_TAGS)
