// The plugin of the language service: `"plugins": [{ "name": "@hewn/plugin/language-service" }]` in a tsconfig.
import type ts from "typescript";
import { decorate } from "./editor/decorate.ts";

/** Called by the language server with its compiler. */
function languageServicePlugin({ typescript }: { readonly typescript: typeof ts }): ts.server.PluginModule {
  return { create: (info) => decorate(typescript, info) };
}

export default languageServicePlugin;
// The server loads plugins with `require`, and takes what that answers for the function itself.
export { languageServicePlugin as "module.exports" };
