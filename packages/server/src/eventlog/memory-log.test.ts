import { describe } from 'vitest'
import { eventLogCases } from '#eventlog/event-log.suite.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'

describe('memory log', () => eventLogCases(async (options) => createMemoryLog(options)))
