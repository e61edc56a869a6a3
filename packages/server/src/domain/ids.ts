/**
 * Identifiers. Every id is opaque text of 1 to 800 characters without a carriage return
 * (langfuse-ingestion contract §2.1); the brands exist so that one project's id, or an id of
 * another kind, can't be passed by mistake. Only the functions here mint them.
 */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ProjectId = Branded<'ProjectId'>
export type OrganizationId = Branded<'OrganizationId'>
export type TraceId = Branded<'TraceId'>
export type ObservationId = Branded<'ObservationId'>
export type ScoreId = Branded<'ScoreId'>

export const MAX_ID_LENGTH = 800

/** True for text that may serve as the id of a trace, observation or score. */
export function isId(text: string): boolean {
  return text.length > 0 && text.length <= MAX_ID_LENGTH && !text.includes('\r')
}

// biome-ignore lint/plugin: the one place where text becomes an id; the functions below say of which kind
const mint = <Id extends string>(text: string): Id => text as Id

/** Mints a project id; the text comes from the catalogue, never from a request body. */
export const projectId = (text: string): ProjectId => mint(text)
/** Mints an organization id; the text comes from the catalogue, never from a request. */
export const organizationId = (text: string): OrganizationId => mint(text)
/** Mints a trace id from text for which `isId` holds. */
export const traceId = (text: string): TraceId => mint(text)
/** Mints an observation id from text for which `isId` holds. */
export const observationId = (text: string): ObservationId => mint(text)
/** Mints a score id from text for which `isId` holds. */
export const scoreId = (text: string): ScoreId => mint(text)

const DASHED_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const PLAIN_UUID = /^[0-9a-f]{32}$/i

/**
 * The spellings under which an id may be stored: itself first, then the dashed form of 32 hex
 * digits or the plain form of a dashed UUID (xtrace-native contract §9).
 */
export function spellings(id: string): string[] {
  if (DASHED_UUID.test(id)) return [id, id.replaceAll('-', '').toLowerCase()]
  if (PLAIN_UUID.test(id)) {
    const hex = id.toLowerCase()
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    return [id, parts.join('-')]
  }
  return [id]
}
