/** What Prometheus may read: times and counts of the service itself. No label holds a case, a person or an address. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();

collectDefaultMetrics({ register: registry });

export const requestSeconds = new Histogram({
  name: 'amparo_request_seconds',
  help: 'Time from request to answer by method, route template and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

export const poolConnections = new Gauge({
  name: 'amparo_database_connections',
  help: 'Connections of the pool by state.',
  labelNames: ['state'],
  registers: [registry],
});

export const trailFindings = new Gauge({
  name: 'amparo_audit_findings',
  help: 'What the last verification of the audit trail found; 0 is a trail as it was signed.',
  registers: [registry],
});

export const trailVerifiedAt = new Gauge({
  name: 'amparo_audit_verified_timestamp_seconds',
  help: 'When the audit trail was last verified; 0 before this process knows of a verification.',
  registers: [registry],
});
