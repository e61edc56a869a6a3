// Queries of the embedded store and file syncs share libuv's pool of 4 threads. Its size is read once,
// when the first module is loaded asynchronously: a CommonJS file is the last place to set it.
process.env.UV_THREADPOOL_SIZE ??= '16'
