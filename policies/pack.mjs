// Node runs TypeScript as it is, but not inside node_modules: there the pack runs from what `npm run build` compiled.
const installed = import.meta.url.includes("/node_modules/");

void import(installed ? "../dist/policies/index.mjs" : "./index.mts");
