import type { Dashboard, NamedQuery } from "../model/monitoring.ts";

/** What is up, what is wrong, and who restarts. */
const HEALTH: Dashboard = {
  title: "Health",
  panels: [
    { title: "Copies that answer", expr: ["sum(up)"], unit: "count", kind: "stat" },
    { title: "Copies that do not", expr: ["count(up == 0) or vector(0)"], unit: "count", kind: "stat" },
    { title: "Alerts", expr: [`ALERTS{alertstate="firing"}`], unit: "count", kind: "table" },
    {
      title: "Copies of each service that answer",
      expr: [series("sum by (job) (up)")],
      unit: "count",
      kind: "timeseries",
    },
    {
      title: "Restarts in an hour",
      expr: [series("sum by (job) (changes(process_start_time_seconds[1h]))")],
      unit: "count",
      kind: "timeseries",
    },
    {
      title: "Dependencies that fail",
      expr: [{ expr: "dependency_up == 0", legend: "{{job}} → {{dependency}}" }],
      unit: "count",
      kind: "timeseries",
    },
  ],
};

/** How many requests are answered, how fast, and how many fail. */
const REQUESTS: Dashboard = {
  title: "Requests",
  panels: [
    {
      title: "Requests",
      expr: [series("sum by (job) (rate(http_requests_total[5m]))")],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Failed requests",
      expr: [
        series(
          `sum by (job) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m]))`,
        ),
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    ...[0.5, 0.95, 0.99].map(
      (quantile) =>
        ({
          title: `Time to the answer, P${quantile * 100}`,
          expr: [
            series(
              `histogram_quantile(${quantile}, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))`,
            ),
          ],
          unit: "seconds",
          kind: "timeseries",
        }) as const,
    ),
    {
      title: "Slowest routes, P95",
      expr: [
        {
          expr: "topk(10, histogram_quantile(0.95, sum by (job, route, le) (rate(http_request_duration_seconds_bucket[5m]))))",
          legend: "{{job}} {{route}}",
        },
      ],
      unit: "seconds",
      kind: "timeseries",
    },
  ],
};

/** What each process uses. */
const PROCESSES: Dashboard = {
  title: "Processes",
  panels: [
    {
      title: "Processors",
      expr: [series("sum by (job) (rate(process_cpu_seconds_total[5m]))")],
      unit: "cores",
      kind: "timeseries",
    },
    {
      title: "Memory",
      expr: [series("sum by (job) (process_resident_memory_bytes)")],
      unit: "bytes",
      kind: "timeseries",
    },
    {
      title: "Open files",
      expr: [series("sum by (job) (process_open_fds)")],
      unit: "count",
      kind: "timeseries",
    },
  ],
};

/** What is left of the machines, as node-exporter sees them. */
const MACHINES: Dashboard = {
  title: "Machines",
  panels: [
    {
      title: "Processors",
      expr: [
        {
          expr: `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))`,
          legend: "{{instance}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    {
      title: "Memory",
      expr: [
        {
          expr: "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
          legend: "{{instance}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    {
      title: "Disk",
      expr: [
        {
          expr: `1 - node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|overlay|squashfs"} / node_filesystem_size_bytes`,
          legend: "{{instance}} {{mountpoint}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    {
      title: "Network",
      expr: [
        {
          expr: `rate(node_network_receive_bytes_total{device!="lo"}[5m])`,
          legend: "{{instance}} {{device}} in",
        },
        {
          expr: `rate(node_network_transmit_bytes_total{device!="lo"}[5m])`,
          legend: "{{instance}} {{device}} out",
        },
      ],
      unit: "bytesPerSecond",
      kind: "timeseries",
    },
  ],
};

/** What is of use whatever runs. */
export const STANDARD_DASHBOARDS: readonly Dashboard[] = [HEALTH, REQUESTS, PROCESSES, MACHINES];

/** A query with one series for each service. */
function series(expr: string): NamedQuery {
  return { expr, legend: "{{job}}" };
}
