import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { TLSSocket } from "node:tls";
import { execa, execaSync } from "execa";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { asker, parseAddress } from "../../cli/request.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test("[G15] a server is asked at the given address, and told the URL's host name", async () => {
  const server = createHttpServer(({ headers, url }, answer) => answer.end(`${headers.host}${url}`));
  const ask = asker({ host: "127.0.0.1", port: await listening(server) });
  expect(await ask("http://ai.example.com/api/tools/health?deep=1")).toEqual({
    status: 200,
    body: "ai.example.com/api/tools/health?deep=1",
  });
});

test("without a port of its own, an address is asked at the URL's", async () => {
  const port = await listening(createHttpServer(({ headers }, answer) => answer.end(headers.host)));
  const { body } = await asker({ host: "127.0.0.1" })(`http://ai.example.com:${port}/`);
  expect(body).toBe(`ai.example.com:${port}`);
});

test("[G15] by TLS too, the server is asked for the host name's certificate, and that is checked", async () => {
  const folder = temporaryFolder({});
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name));
  const names = ["-subj", "/CN=ai.example.com", "-addext", "subjectAltName=DNS:ai.example.com"];
  const files = ["-keyout", key!, "-out", cert!];
  execaSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...names, ...files]);
  const server = createHttpsServer(
    { key: readFileSync(key!), cert: readFileSync(cert!) },
    (request, answer) => answer.end((request.socket as TLSSocket & { servername: string }).servername),
  );
  const ask = asker({ host: "127.0.0.1", port: await listening(server) });
  await expect(ask("https://ai.example.com/")).rejects.toThrow("self-signed certificate");
  const trusting = `
    import { asker } from ${JSON.stringify(path.resolve("cli/request.ts"))};
    const ask = asker({ host: "127.0.0.1", port: ${(server.address() as AddressInfo).port} });
    console.log((await ask("https://ai.example.com/")).body);
    console.log(await ask("https://other.example.com/").catch(({ code }) => code));`;
  // The server is in this process, which must not be blocked.
  const { stdout } = await execa(process.execPath, ["--input-type=module-typescript", "--eval", trusting], {
    env: { NODE_EXTRA_CA_CERTS: cert! },
  });
  expect(stdout.split("\n")).toEqual(["ai.example.com", "ERR_TLS_CERT_ALTNAME_INVALID"]);
});

test("a redirection is answered as it is", async () => {
  const server = createHttpServer((_, answer) => answer.writeHead(302, { location: "/login" }).end());
  const ask = asker({ host: "127.0.0.1", port: await listening(server) });
  expect(await ask("http://ai.example.com/")).toMatchObject({ status: 302 });
});

test.each([
  ["10.0.0.7", { host: "10.0.0.7" }],
  ["10.0.0.7:8443", { host: "10.0.0.7", port: 8443 }],
  ["10.0.0.7:80", { host: "10.0.0.7", port: 80 }],
  ["[2001:db8::7]:8443", { host: "2001:db8::7", port: 8443 }],
  ["[2001:db8::7]", { host: "2001:db8::7" }],
  ["lb.example.com", { host: "lb.example.com" }],
  ["localhost:8080", { host: "localhost", port: 8080 }],
])("%s is an address", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each(["", "http://10.0.0.7", "10.0.0.7/health", "10.0.0.7:http", "me@box", "10.0.0.7:99999"])(
  '"%s" is none',
  (text) => {
    expect(() => parseAddress(text)).toThrow(`"${text}" is no address`);
  },
);
