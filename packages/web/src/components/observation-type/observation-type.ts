import {
  Bot,
  CircleHelp,
  Diamond,
  Grid3x3,
  Link2,
  type LucideIcon,
  Scale,
  ScanSearch,
  ShieldCheck,
  Sparkles,
  SquareDashed,
  Unplug,
  Wrench,
} from 'lucide-react'

/** How one type of observation looks, everywhere: the icon says it first, the colour second. */
export interface ObservationTypeLook {
  readonly icon: LucideIcon
  /** Class of the text colour. */
  readonly text: string
  /** Name of the token, for what is drawn on a canvas. */
  readonly token: string
}

const NEUTRAL = { text: 'text-type-span', token: 'type-span' }

const LOOKS: Readonly<Record<string, ObservationTypeLook>> = {
  SPAN: { icon: SquareDashed, ...NEUTRAL },
  GENERATION: { icon: Sparkles, text: 'text-type-generation', token: 'type-generation' },
  AGENT: { icon: Bot, text: 'text-type-agent', token: 'type-agent' },
  TOOL: { icon: Wrench, text: 'text-type-tool', token: 'type-tool' },
  CHAIN: { icon: Link2, text: 'text-type-chain', token: 'type-chain' },
  RETRIEVER: { icon: ScanSearch, text: 'text-type-retriever', token: 'type-retriever' },
  EVALUATOR: { icon: Scale, text: 'text-type-evaluator', token: 'type-evaluator' },
  EMBEDDING: { icon: Grid3x3, text: 'text-type-embedding', token: 'type-embedding' },
  GUARDRAIL: { icon: ShieldCheck, text: 'text-type-guardrail', token: 'type-guardrail' },
  EVENT: { icon: Diamond, text: 'text-type-event', token: 'type-event' },
  /** A parent that was named and not received. */
  '': { icon: Unplug, ...NEUTRAL },
}

const UNKNOWN: ObservationTypeLook = { icon: CircleHelp, ...NEUTRAL }

/** `type` in upper case; an unknown one is neutral and prints its own name. */
export const lookOfType = (type: string): ObservationTypeLook =>
  (Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined) ?? UNKNOWN

/** `generation`, as it is read out and shown in chips. */
export const typeLabel = (type: string): string => (type === '' ? 'not received' : type.toLowerCase())
