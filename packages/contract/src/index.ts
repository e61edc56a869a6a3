/** The bytes on the wire: schemas and their types. The only barrel in the project. */
export { z } from 'zod'
