import { z } from 'zod'

export const LoadDemoBody = z.strictObject({ observations: z.int().min(1).max(20_000).default(4000) })
export type LoadDemoBody = z.output<typeof LoadDemoBody>

export const DemoLoadedDto = z.object({ observations: z.int() })
export type DemoLoadedDto = z.infer<typeof DemoLoadedDto>
