import { openTestEngine } from '../support/engine.ts'
import { engineSuite } from './suite.ts'

engineSuite('chDB', () => openTestEngine({ maxQueryMemoryBytes: 300_000_000, maxResultBytes: 50_000_000 }))
