/**
 * Loaded into every program our commands start (`node --import`). When the command is killed so hard that it can stop
 * nothing, the broken channel tells the program to end by itself; otherwise it would keep the port and the database.
 */
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
