/**
 * Passwords of people, who choose short ones: scrypt (RFC 7914) with a salt of their own, at the cost
 * that OWASP names (N=2^15, r=8, p=3: 32 MiB and about a tenth of a second). The cost is kept with each
 * hash, so that it can be raised.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface Cost {
  /** log2 of N. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

const COST: Cost = { ln: 15, r: 8, p: 3 }
const KEY_BYTES = 32
const STORED = /^scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/

/** `scrypt$ln=15,r=8,p=3$<salt>$<key>`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return `scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** Whether `password` is the one that was hashed; false for a hash that can't be read. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, ln, r, p, salt, key] = STORED.exec(stored) ?? []
  if (salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, 'base64url')
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost)
  return derived.length === expected.length && timingSafeEqual(derived, expected)
}

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 256 * r * 2 ** ln }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
