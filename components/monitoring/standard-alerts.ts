import type { Alerts } from "../model/monitoring.ts";

/**
 * What is wrong with any service, and with the machines below. A rule whose metrics nobody publishes is silent: those of
 * machines are node-exporter's, those of certificates Traefik's and blackbox-exporter's.
 */
export const STANDARD_ALERTS: Alerts = {
  Restarting: {
    expr: "changes(process_start_time_seconds[15m]) > 2",
    forSeconds: 0,
    severity: "critical",
    summary: "{{ $labels.job }} started {{ $value }} times in 15 minutes",
  },
  ErrorsFrequent: {
    expr: `sum by (job) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05`,
    forSeconds: 300,
    severity: "critical",
    summary: "{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests",
  },
  DiskNearlyFull: {
    expr: `node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|overlay|squashfs"} / node_filesystem_size_bytes < 0.1`,
    forSeconds: 300,
    severity: "critical",
    summary: "{{ $labels.mountpoint }} of {{ $labels.instance }} has {{ $value | humanizePercentage }} left",
  },
  DiskFillsUp: {
    // Only where much is used already: a few minutes of writing to an empty disk foretell nothing.
    expr: `predict_linear(node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|overlay|squashfs"}[6h], 24 * 3600) < 0 and node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.4`,
    forSeconds: 3600,
    severity: "warning",
    summary: "{{ $labels.mountpoint }} of {{ $labels.instance }} will be full within a day",
  },
  MemoryNearlyFull: {
    expr: "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1",
    forSeconds: 300,
    severity: "critical",
    summary: "{{ $labels.instance }} has {{ $value | humanizePercentage }} of its memory left",
  },
  CertificateExpiresSoon: {
    expr: "min by (job, instance, cn) (traefik_tls_certs_not_after or probe_ssl_earliest_cert_expiry) - time() < 14 * 86400",
    forSeconds: 3600,
    severity: "warning",
    summary: "a certificate that {{ $labels.instance }} shows ends in {{ $value | humanizeDuration }}",
  },
  CertificateExpiresNow: {
    expr: "min by (job, instance, cn) (traefik_tls_certs_not_after or probe_ssl_earliest_cert_expiry) - time() < 2 * 86400",
    forSeconds: 0,
    severity: "critical",
    summary: "a certificate that {{ $labels.instance }} shows ends in {{ $value | humanizeDuration }}",
  },
  RulesFail: {
    expr: "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
    forSeconds: 0,
    severity: "warning",
    summary: "Prometheus can't evaluate {{ $labels.rule_group }}: alerts may be missing",
  },
};
