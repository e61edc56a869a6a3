/** As many as the server takes at once, each as long as it may be. */
const MOST_TAGS = 20
const MOST_CHARS = 200

/** The tags of a text in which commas part them: none empty, none twice. */
export const tagsTyped = (text: string): string[] =>
  [...new Set(text.split(',').flatMap((tag) => tag.trim().slice(0, MOST_CHARS) || []))].slice(0, MOST_TAGS)

/** Two changes of which each takes the other back. */
export type TagChange = 'tag' | 'untag'

/** Those of the tags that the change is about: what is there is not added, what is not there is not taken away. */
export const tagsToChange = (change: TagChange, before: readonly string[], tags: readonly string[]): string[] =>
  tags.filter((tag) => before.includes(tag) === (change === 'untag'))

/** The tags after the change, in their order. */
export const changedTags = (change: TagChange, before: readonly string[], tags: readonly string[]): string[] =>
  change === 'tag' ? [...new Set([...before, ...tags])].sort() : before.filter((tag) => !tags.includes(tag))
