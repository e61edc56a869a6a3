/** The Model Context Protocol over HTTP (public-api contract §21). */
import { z } from 'zod'

const Message = z.looseObject({ jsonrpc: z.literal('2.0') })

/** A JSON-RPC message, or a list of them. */
export const McpMessages = z.union([Message, z.array(Message)]).meta({ id: 'McpMessages' })

export const McpError = z.object({ error: z.string(), code: z.string() }).meta({ id: 'McpError' })

/** A refused request: of the server itself, or of the protocol, as JSON-RPC. */
export const McpFailure = z.union([McpError, Message]).meta({ id: 'McpFailure' })
