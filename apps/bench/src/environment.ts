/** The one file of the benchmark that reads the environment. */
export const environment = {
  databaseUrl: process.env['DATABASE_URL'],
  /** For the bare server. */
  port: Number(process.env['PORT'] ?? 0),
  /** Flags for the servers that are measured, to profile them: `BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=var/bench"`. */
  nodeFlags: (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== ''),
  /** What a child process inherits. */
  all: process.env,
} as const;
