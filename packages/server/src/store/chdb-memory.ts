/** What bounds the memory of the embedded store; what each of it gives is in docs/adr/013-memory.md. */

const MIB = 1024 * 1024

/** By the engine's names, each a share of its memory and at most so much; 272 MiB together. */
const CACHES = {
  uncompressed_cache_size: { share: 16, atMost: 128 * MIB },
  index_uncompressed_cache_size: { share: 32, atMost: 64 * MIB },
  mark_cache_size: { share: 64, atMost: 32 * MIB },
  index_mark_cache_size: { share: 128, atMost: 16 * MIB },
  query_condition_cache_size: { share: 128, atMost: 16 * MIB },
  compiled_expression_cache_size: { share: 128, atMost: 16 * MIB },
}

/** Threads that wait for work; the engine would keep 1000, each with a stack and freed memory of its own. */
const IDLE_THREADS = 16

/**
 * Of the store's allocator (jemalloc's TUNING.md has the names): threads keep freed memory up to 4 KiB a piece, pages go back
 * after a second instead of five, and nothing is noted for profiles.
 */
const ALLOCATOR = 'tcache_max:4096,dirty_decay_ms:1000,prof:false'

/** The variable that the allocator reads when the library is loaded. */
const ALLOCATOR_VARIABLE = 'JE_MALLOC_CONF'

/**
 * Arguments of the first connection, which take effect for the whole process. The engine takes 90 % of the machine and caches of
 * up to 5 GB each unless told otherwise. What is read often (marks, indices, blocks of late) stays, file contents are the page
 * cache's.
 */
export function serverArguments(memoryBytes: number): string[] {
  const caches = Object.entries(CACHES).map(([name, { share, atMost }]) => {
    const bytes = Math.min(Math.floor(memoryBytes / share), atMost)
    return `--${name}=${bytes}`
  })
  return [
    `--max_server_memory_usage=${Math.round(memoryBytes)}`,
    `--max_thread_pool_free_size=${IDLE_THREADS}`,
    ...caches,
  ]
}

/** Tells the allocator of a library that is loaded later, unless the environment has done so. */
export function tuneAllocator(env: NodeJS.ProcessEnv): void {
  env[ALLOCATOR_VARIABLE] ??= ALLOCATOR
}
