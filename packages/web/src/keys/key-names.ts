const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  space: 'Space',
  enter: '↵',
}

/** A binding as it is shown: `mod+k` is `⌘K`, `g t` is `G T`. */
export function showKeys(keys: string): string {
  return keys
    .split(' ')
    .map((stroke) =>
      (stroke === '+' ? ['+'] : stroke.split('+'))
        .map((part) => NAMES[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(isMac || !stroke.startsWith('mod') ? '' : '+'),
    )
    .join(' ')
}
