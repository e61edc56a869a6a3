import type { MatchLogic } from '@pydantic/genai-prices'
import type { Source } from './sources.ts'

const GATEWAYS = '(?:(?:openrouter|litellm|litellm_proxy|vercel_ai_gateway|ai_gateway)[/:])?'

/** The pattern for all names that the source's rule takes, with the prefixes under which clients send them. */
export function patternOf(match: MatchLogic, source: Source): string {
  const prefixes = source.prefixes.length > 0 ? `(?:(?:${source.prefixes.join('|')})[/:])?` : ''
  const head = source.head ?? `${GATEWAYS}${prefixes}`
  return `(?i)^${head}(?:${alternativesOf(match).join('|')})${source.tail ?? ''}$`
}

/** Each alternative covers a whole name. */
function alternativesOf(match: MatchLogic): string[] {
  if ('or' in match) return [...new Set(match.or.flatMap(alternativesOf))]
  if ('and' in match) return [`${match.and.map((part) => `(?=(?:${alternativesOf(part).join('|')})$)`).join('')}.*`]
  if ('equals' in match) return [escaped(match.equals)]
  if ('starts_with' in match) return [`${escaped(match.starts_with)}.*`]
  if ('ends_with' in match) return [`.*${escaped(match.ends_with)}`]
  if ('contains' in match) return [`.*${escaped(match.contains)}.*`]
  return [wholeName(match.regex)]
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function wholeName(regex: string): string {
  const start = regex.startsWith('^') ? regex.slice(1) : `.*${regex}`
  return start.endsWith('$') ? start.slice(0, -1) : `${start}.*`
}
