/** Folder of the tools in every container. */
export const TOOLS = "/run/keelson-tools";

/** Scripts that containers run beside their own program, by name; busybox is their shell, so that no image needs one. */
const SCRIPTS = {
  /** Runs a command with the secret variables that its configuration must not hold. */
  launch: `
[ ! -f /run/keelson/variables ] || { set -a; . /run/keelson/variables; set +a; }
exec "$@"`,

  /** Runs a job, and ends its log with what the next update has to know of it; by one stream, since two would overtake each other. */
  attempt: `
echo "keelson: attempt $KEELSON_ATTEMPT begins"
deadline=$1; shift
${TOOLS}/busybox timeout "$deadline" ${TOOLS}/launch "$@" 2>&1; code=$?
echo "keelson: attempt $KEELSON_ATTEMPT exit $code"
exit $code`,

  /** Runs a job whenever the Unix time, less an offset, is a multiple of a period; a failed run shows in its health. */
  repeat: `
period=$1 offset=$2 deadline=$3; shift 3
trap 'exit 0' TERM INT
while true; do
  now=$(${TOOLS}/busybox date +%s)
  ${TOOLS}/busybox sleep $(( period - (now - offset) % period )) & wait $!
  ${TOOLS}/busybox timeout "$deadline" ${TOOLS}/launch "$@" & wait $!; code=$?
  echo $code > /dev/shm/keelson-last
  echo "keelson: scheduled run exit $code"
done`,

  /** Whether the last scheduled run, if there was one, ended well. */
  lastRun: `
[ ! -f /dev/shm/keelson-last ] || { read code < /dev/shm/keelson-last; [ "$code" = 0 ]; }`,

  /**
   * Docker's one health check: readiness decides, and a process that was ready once and then fails its liveness check
   * several times in a row is killed, so that the restart policy starts it anew. Docker itself does nothing about an
   * unhealthy container, and a check that it ends for being slow could not count.
   *
   * Docker asks often, so that a start is noticed soon. From then on each check waits first: to make one costs far more
   * than to let one sleep.
   */
  check: `
failures=$1 pause=$2 ready_seconds=$3 ready=$4 live_seconds=$5 live=$6
within() { ${TOOLS}/busybox timeout "$1" ${TOOLS}/busybox sh -c "exec $2"; }
missed=/dev/shm/keelson-missed
[ ! -f $missed ] || ${TOOLS}/busybox sleep "$pause"
if within $ready_seconds "$ready"; then echo 0 > $missed; exit 0; fi
[ -f $missed ] || exit 1
if within $live_seconds "$live"; then echo 0 > $missed; exit 1; fi
read count < $missed; count=$((count + 1)); echo $count > $missed
[ $count -lt $failures ] || kill -9 -1
exit 1`,

  /** Whether a GET of a path on a port is answered with 2xx or 3xx. Not wget: Debian's static one crashes on names of services. */
  http: `
exec ${TOOLS}/busybox nc -w 5 127.0.0.1 "$1" -e ${TOOLS}/get "$2"`,

  /** The exchange of the script above, on a connected socket. */
  get: `
printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' "$1"
read -r protocol status reason
case $status in [23]??) exit 0;; esac
echo "$protocol $status $reason" >&2
exit 1`,

  /** Whether a port accepts connections. */
  tcp: `
exec ${TOOLS}/busybox nc -w 5 127.0.0.1 "$1" -e ${TOOLS}/busybox true`,
} as const;

/** Path of a script in every container. */
export function tool(name: keyof typeof SCRIPTS): string {
  return `${TOOLS}/${name}`;
}

/** The scripts as files, by their paths. */
export const scriptFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SCRIPTS).map(([name, script]) => [
    `${TOOLS}/${name}`,
    `#!${TOOLS}/busybox sh\n${script.trimStart()}\n`,
  ]),
);
