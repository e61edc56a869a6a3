/** What an `Authorization` header holds, before anything is looked up. */
export type Credential =
  | { readonly kind: 'basic'; readonly publicKey: string; readonly secretKey: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'invalid' }

const BASIC = 'Basic '
const BEARER = 'Bearer '

/** No key is longer; without a bound a header of 16 KB would be hashed and looked up. */
const MAX_LENGTH = 2_048

/**
 * Reads the header. The scheme is matched with its case and one space (langfuse-ingestion contract §1.1);
 * a secret may hold colons, as RFC 7617 says. Never throws.
 */
export function parseAuthorization(header: string): Credential {
  if (header.length > MAX_LENGTH) return { kind: 'invalid' }
  if (header.startsWith(BASIC)) return parseBasic(header.slice(BASIC.length))
  const token = header.startsWith(BEARER) ? header.slice(BEARER.length) : ''
  return token === '' ? { kind: 'invalid' } : { kind: 'bearer', token }
}

function parseBasic(encoded: string): Credential {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const publicKey = text.slice(0, Math.max(0, colon))
  const secretKey = text.slice(colon + 1)
  if (encoded.startsWith(' ') || publicKey === '' || secretKey === '') return { kind: 'invalid' }
  return { kind: 'basic', publicKey, secretKey }
}
