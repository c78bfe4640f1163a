// The disk with the declarations and codecs of referenced projects on it, for ts-morph.
import type { ReferencedDeclarations } from "@hewn/plugin";
import type { FileSystemHost } from "ts-morph";

/** A file system in which the declarations and codecs exist. */
export function withDeclarations(real: FileSystemHost, referenced: ReferencedDeclarations): FileSystemHost {
  const shown: Partial<FileSystemHost> = {
    fileExistsSync: (path) => referenced.exists(path) ?? real.fileExistsSync(path),
    directoryExistsSync: (path) => referenced.hasDirectory(path) || real.directoryExistsSync(path),
    readFileSync: (path, encoding) => referenced.read(path) ?? real.readFileSync(path, encoding),
    realpathSync: (path) => referenced.real(path) ?? real.realpathSync(path),
  };
  return new Proxy(real, {
    get(target, key) {
      const own: unknown = Reflect.get(shown, key);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
